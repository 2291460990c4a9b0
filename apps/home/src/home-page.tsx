import { DOCUMENT_KINDS, documentPath, KIND_NAMES, newDocumentId } from '@concord/shell/local';
import { AppFrame, Button, LogoMark } from '@concord/ui';
import { Plus, Users } from 'lucide-react';
import { OpenForm } from './open-form.tsx';
import { RecentList } from './recent-list.tsx';
import { words } from './words.ts';

/** Create, open, and find again. */
export const HomePage = () => (
  <AppFrame kind="home" title={words.title}>
    <div className="home">
      <section aria-labelledby="start">
        <h2 id="start" className="home__heading">
          {words.start}
        </h2>
        <p className="home__intro">{words.intro}</p>
        <ul className="kinds">
          {DOCUMENT_KINDS.map((kind) => (
            <li key={kind} className={`kind kind--${kind}`}>
              <div className="kind__name">
                <LogoMark kind={kind} size={32} />
                <h3>{KIND_NAMES[kind].app}</h3>
              </div>
              <p>{words.about[kind]}</p>
              <div className="kind__ways">
                <Button
                  icon={<Plus aria-hidden="true" />}
                  onClick={() => location.assign(documentPath({ kind, id: newDocumentId() }))}
                >
                  {words.create[kind]}
                </Button>
                <Button asChild variant="ghost" className="kind__try">
                  <a href={`/try/${kind}`} aria-label={`${words.tryTwo}: ${KIND_NAMES[kind].app}`}>
                    <Users aria-hidden="true" />
                    {words.tryTwo}
                  </a>
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </section>
      <OpenForm />
      <RecentList />
    </div>
  </AppFrame>
);
