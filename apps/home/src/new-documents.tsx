import {
  DOCUMENT_KINDS,
  type DocumentKind,
  documentPath,
  KIND_NAMES,
  leaveBeginning,
  newDocumentId,
  TEMPLATES,
  type TemplateName,
} from '@concord/shell/local';
import { Button, IconButton, LogoMark, Menu, type MenuEntry } from '@concord/ui';
import { LayoutTemplate, Plus, Users } from 'lucide-react';
import { words } from './words.ts';

/** A new document from the template: written ones are text, the others the app knows by name. */
async function begin(kind: DocumentKind, name: TemplateName): Promise<void> {
  const address = { kind, id: newDocumentId() };
  const { templateText } = await import('./templates/index.ts');
  const text = await templateText(name);
  leaveBeginning(
    address,
    text === null
      ? { type: 'template', name, title: words.templates[name] }
      : { type: 'markdown', name: words.templates[name], text },
  );
  location.assign(documentPath(address));
}

const templateEntries = (kind: DocumentKind): readonly MenuEntry[] => [
  { type: 'heading', label: words.fromTemplate },
  ...TEMPLATES[kind].map((name) => ({
    label: words.templates[name],
    onSelect: () => void begin(kind, name),
  })),
];

/** A card for each kind: what it is for, and the ways to begin. */
export const NewDocuments = () => (
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
            <Menu
              align="end"
              items={templateEntries(kind)}
              trigger={
                <IconButton label={words.templatesOf(KIND_NAMES[kind].app)} icon={<LayoutTemplate />} />
              }
            />
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
);
