import { createRoot } from 'react-dom/client';
import '../src/styles.css';
import { startTheme, UiProvider } from '../src/index.ts';
import { Gallery } from './gallery.tsx';

startTheme();
const root = document.getElementById('root');
const rtl = new URLSearchParams(location.search).has('rtl');
if (rtl) document.documentElement.dir = 'rtl';
if (root)
  createRoot(root).render(
    <UiProvider direction={rtl ? 'rtl' : 'ltr'}>
      <Gallery />
    </UiProvider>,
  );
