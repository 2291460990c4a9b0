import { AppFrame, Button, EmptyState } from '@concord/ui';
import { SearchX } from 'lucide-react';
import { words } from './words.ts';

export const NotFoundPage = () => (
  <AppFrame kind="home" title={words.title}>
    <EmptyState
      icon={<SearchX />}
      title={words.notFound}
      action={
        <Button asChild variant="primary">
          <a href="/">{words.toHome}</a>
        </Button>
      }
    >
      {words.notFoundBody}
    </EmptyState>
  </AppFrame>
);
