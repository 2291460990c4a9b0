import { Archive, Bold, Inbox, Italic, Link2, Plus, Search, Trash2, Underline } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import {
  AlertDialog,
  AppFrame,
  Avatar,
  Badge,
  Banner,
  Button,
  Checkbox,
  ContextMenu,
  Dialog,
  DialogClose,
  EmptyState,
  ErrorBoundary,
  IconButton,
  Kbd,
  type Kind,
  LogoMark,
  Menu,
  type MenuEntry,
  type Person,
  PRESENCE_COLOURS,
  ProgressBar,
  type SaveState,
  SegmentedControl,
  Select,
  Skeleton,
  Spinner,
  StatusBadge,
  TextArea,
  TextField,
  Toolbar,
  ToolbarButton,
  ToolbarSeparator,
  toast,
} from '../src/index.ts';
import './gallery.css';

const NAMES = ['Ana', 'Bo Lin', 'Chidi', 'Дарья', 'Esra Öz', 'فاطمة', '李', 'Hugo', 'Ines', 'Jo'];
const PEOPLE: readonly Person[] = NAMES.map((name, colour) => ({
  id: name,
  name,
  colour,
  away: colour === 3,
}));
const ME: Person = { id: 'me', name: 'Mira Kos', colour: 8 };
const KINDS: readonly Kind[] = ['home', 'docs', 'board', 'blocks', 'gantt'];
const STATES: readonly SaveState[] = ['saved', 'saving', 'saved-here', 'offline', 'not-saved'];
const nothing = (): void => undefined;

const MENU: readonly MenuEntry[] = [
  { label: 'Duplicate', onSelect: nothing, shortcut: 'Mod+D' },
  { label: 'Archive', onSelect: nothing, icon: <Archive /> },
  { type: 'check', label: 'Show archived', checked: true, onChange: nothing },
  {
    type: 'submenu',
    label: 'Move to',
    items: [
      { label: 'Doing', onSelect: nothing },
      { label: 'Done', onSelect: nothing },
    ],
  },
  { type: 'separator' },
  { label: 'Delete', onSelect: nothing, icon: <Trash2 />, danger: true, shortcut: 'Backspace' },
];

const Section = ({ name, children }: { name: string; children: ReactNode }) => (
  <section>
    <h2>{name}</h2>
    {children}
  </section>
);

function Broken(): ReactNode {
  throw new Error('Cannot read the third card');
}

/** Every component in its states, for people who change the design system. */
export function Gallery() {
  const [title, setTitle] = useState('Spring launch plan');
  const [name, setName] = useState(ME.name);
  const [state, setState] = useState<SaveState>('saved');
  const [checked, setChecked] = useState(true);
  const [view, setView] = useState<'day' | 'week' | 'month'>('week');
  return (
    <AppFrame
      kind="board"
      title={title}
      onTitleChange={setTitle}
      status={<StatusBadge status={{ state, waiting: 3 }} />}
      self={{ ...ME, name }}
      people={PEOPLE.slice(0, 5)}
      onRename={setName}
      undo={{
        canUndo: true,
        canRedo: false,
        onUndo: nothing,
        onRedo: nothing,
        undoLabel: 'Undo move of card',
      }}
      menu={MENU}
      actions={<Button size="small">Share</Button>}
      banner={state === 'not-saved' ? <Banner tone="danger">This browser’s storage is full.</Banner> : null}
    >
      <div className="gallery">
        <Section name="Buttons">
          <div className="row">
            <Button variant="primary" icon={<Plus />}>
              New card
            </Button>
            <Button>Cancel</Button>
            <Button variant="ghost">Skip</Button>
            <Button variant="danger">Delete</Button>
          </div>
          <div className="row">
            <Button size="small">Small</Button>
            <Button size="large" variant="primary">
              Large
            </Button>
            <Button disabled>Disabled</Button>
            <IconButton label="Link" shortcut="Mod+K" icon={<Link2 />} />
            <IconButton label="Bold" pressed icon={<Bold />} />
            <IconButton label="Search" variant="secondary" icon={<Search />} />
          </div>
          <Toolbar label="Formatting">
            <ToolbarButton label="Bold" shortcut="Mod+B" icon={<Bold />} pressed />
            <ToolbarButton label="Italic" shortcut="Mod+I" icon={<Italic />} />
            <ToolbarSeparator />
            <ToolbarButton label="Underline" shortcut="Mod+U" icon={<Underline />} />
          </Toolbar>
        </Section>
        <Section name="Fields">
          <TextField label="Name" placeholder="Untitled" hint="Shown to everyone." />
          <TextField label="Find" hideLabel placeholder="Find" icon={<Search />} type="search" />
          <TextField label="Due" defaultValue="31 February" error="February has no 31st day." />
          <TextArea label="Description" placeholder="Say more" />
        </Section>
        <Section name="Choices">
          <Checkbox label="Include archived" checked={checked} onChange={setChecked} />
          <Checkbox label="Some of them" checked="indeterminate" onChange={nothing} />
          <Select
            label="Zoom"
            value={view}
            onChange={setView}
            options={[
              { value: 'day', label: 'Days' },
              { value: 'week', label: 'Weeks' },
              { value: 'month', label: 'Months' },
            ]}
          />
          <div className="row">
            <SegmentedControl
              label="Zoom"
              value={view}
              onChange={setView}
              options={[
                { value: 'day', label: 'Day' },
                { value: 'week', label: 'Week' },
                { value: 'month', label: 'Month' },
              ]}
            />
          </div>
        </Section>
        <Section name="Overlays">
          <div className="row">
            <Menu trigger={<Button>Menu</Button>} items={MENU} />
            <Dialog
              title="Rename the list"
              description="Everyone here sees the new name."
              trigger={<Button>Dialog</Button>}
              footer={
                <>
                  <DialogClose>
                    <Button>Cancel</Button>
                  </DialogClose>
                  <DialogClose>
                    <Button variant="primary">Rename</Button>
                  </DialogClose>
                </>
              }
            >
              <TextField label="Name" defaultValue="Doing" />
            </Dialog>
            <AlertDialog
              title="Delete for good?"
              description="Twelve cards go with the list. This cannot be undone."
              confirmLabel="Delete"
              danger
              onConfirm={nothing}
              trigger={<Button>Alert</Button>}
            />
            <Button
              onClick={() => toast({ title: 'Moved to Doing', action: { label: 'Undo', onSelect: nothing } })}
            >
              Toast
            </Button>
          </div>
          <ContextMenu items={MENU}>
            <button type="button" className="cc-button cc-button--secondary">
              Right click me
            </button>
          </ContextMenu>
          <div className="row">
            <Kbd shortcut="Mod+Shift+Z" /> <Kbd shortcut="Alt+Up" />
          </div>
        </Section>
        <Section name="People">
          <div className="row">
            {PEOPLE.map((person) => (
              <Avatar key={person.id} person={person} size="large" />
            ))}
          </div>
          <p>{PRESENCE_COLOURS} colours; a ring without fill is somebody who is away.</p>
        </Section>
        <Section name="Status">
          {STATES.map((each) => (
            <div className="row" key={each}>
              <StatusBadge status={{ state: each, waiting: 3 }} />
              <Button size="small" variant="ghost" onClick={() => setState(each)}>
                Show in the bar
              </Button>
            </div>
          ))}
        </Section>
        <Section name="Feedback">
          <div className="row">
            <Badge>Draft</Badge>
            <Badge tone="info">In review</Badge>
            <Badge tone="success">Done</Badge>
            <Badge tone="warning">Due today</Badge>
            <Badge tone="danger">Overdue</Badge>
          </div>
          <Banner tone="warning" action={<Button size="small">Retry</Button>}>
            Reconnecting. You can go on working.
          </Banner>
          <ProgressBar label="Import" value={64} />
          <ProgressBar label="Loading" value={null} />
          <Skeleton lines={3} />
          <Spinner />
        </Section>
        <Section name="Empty and broken">
          <EmptyState
            icon={<Inbox />}
            title="No cards yet"
            action={
              <Button variant="primary" icon={<Plus />}>
                New card
              </Button>
            }
          >
            Write down the first thing to do. Everyone here sees it at once.
          </EmptyState>
          <ErrorBoundary onExport={nothing}>
            <Broken />
          </ErrorBoundary>
        </Section>
        <Section name="Marks">
          <div className="row">
            {KINDS.map((kind) => (
              <LogoMark key={kind} kind={kind} size={44} />
            ))}
          </div>
        </Section>
      </div>
    </AppFrame>
  );
}
