import { saveDoc } from '@concord/crdt';
import { sameFaces, usePeople, useStatus, useUndo, useView } from '@concord/react';
import { AppFrame, Banner, Button, ErrorBoundary, type MenuEntry, toast, useCommands } from '@concord/ui';
import { Download } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { FollowPill } from '../follow/follow-pill.tsx';
import { personMenu } from '../follow/person-menu.tsx';
import { useAway } from '../follow/use-away.ts';
import { useFollow } from '../follow/use-follow.ts';
import { KIND_NAMES } from '../local/address.ts';
import { type Identity, saveIdentity } from '../local/identity.ts';
import { rememberRecent } from '../local/recents.ts';
import {
  OpenPanel,
  PanelButtons,
  panelCommands,
  usePanelEntries,
  usePanelsAhead,
} from '../panels/panel-buttons.tsx';
import { linkTo, loadGrant } from '../sharing/grant.ts';
import { useShell } from '../shell.tsx';
import { OpenWithoutLink, useIsShut } from '../shut-document.tsx';
import { NetworkChip } from '../status/network-chip.tsx';
import { useReveal } from '../undo/use-reveal.ts';
import { stepName, useUndoToasts } from '../undo/use-undo-toasts.ts';
import { words } from '../words.ts';
import { download, fileName } from './download.ts';
import { ModeChip } from './mode-chip.tsx';
import { problemText } from './problem.ts';
import { SaveStatus } from './save-status.tsx';
import { type Slots, SlotsContext } from './slots.tsx';
import { useAnnouncedPeople } from './use-announced-people.ts';
import { useFrameCommands } from './use-frame-commands.tsx';
import { useUndoKeys } from './use-undo-keys.ts';

export type DocumentFrameProps = {
  onIdentity: (identity: Identity) => void;
  children: ReactNode;
};

async function copyLink(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
    toast({ key: 'link', title: words.linkCopied });
  } catch {
    toast({ key: 'link', title: words.linkFailed });
  }
}

const NO_STEPS = { undo: () => undefined, redo: () => undefined };

/** The app's frame around an open document: title, status, people, undo, and what the app puts into its slots. */
export function DocumentFrame({ onIdentity, children }: DocumentFrameProps) {
  const shell = useShell();
  const { session, social, address, as, self: identity, mode } = shell;
  const title = useView(session, (view) => view.title);
  const status = useStatus(session, ({ waiting, workOffline, refusal, problem, local }) => ({
    workOffline,
    refusal,
    problem,
    // Not the rest of it: that is new with each key, and shown by the badge alone.
    isKept: mode !== 'edit' && waiting > 0,
    isUnavailable: local === 'unavailable',
  }));
  const { problem } = status;
  const isShut = useIsShut(session);
  const said = problem ? problemText(problem) : '';
  const peers = usePeople(session, sameFaces);
  const steps = useUndo(session);
  const history = mode === 'edit' ? steps : { ...steps, canUndo: false, canRedo: false };
  const [actions, setActions] = useState<HTMLElement | null>(null);
  const [banner, setBanner] = useState<HTMLElement | null>(null);
  const [menu, setMenu] = useState<readonly MenuEntry[]>([]);
  const slots = useMemo<Slots>(() => ({ actions, banner, setMenu }), [actions, banner]);

  useAnnouncedPeople(peers);
  useAway(session);
  const follow = useFollow();
  const { undo, redo } = history;
  // In the past there is nothing to take back.
  const isNow = !shell.past;
  useUndoKeys(isNow ? { undo, redo } : NO_STEPS);
  useUndoToasts(session);
  useReveal();

  useEffect(() => {
    document.title = `${title || words.untitled} · ${KIND_NAMES[address.kind].app}`;
    if (as === null) rememberRecent({ ...address, title, opened: Date.now() });
  }, [title, address, as]);

  // Chosen in this tab or in another: the status knows.
  const offline = status.workOffline;
  const workOffline = (chosen: boolean): void => session.setOffline(chosen);
  const exportData = (): void =>
    download(fileName(title, `${address.kind}.concord`), saveDoc(session.doc) as Uint8Array<ArrayBuffer>);
  const retitle = (text: string): void =>
    void session.doc.change((root) => root.title.set(text), { label: words.rename });
  const entries: MenuEntry[] = [
    ...menu,
    ...(menu.length > 0 ? [{ type: 'separator' } as const] : []),
    { type: 'check', label: words.workOffline, checked: offline, onChange: workOffline },
    { label: words.exportData, icon: <Download />, onSelect: exportData },
  ];
  // A step that never fits would keep those before it from being undone.
  const isStuck = problem?.kind === 'too-large' && (problem.by === 'undo' || problem.by === 'redo');
  const skip = (): void => {
    const label = session.skipStep();
    if (label !== null) toast({ key: 'undo', title: words.skipped(stepName(label)) });
  };
  const people = useMemo(
    () =>
      peers.map(({ replica, name, colour, away = false }) => ({ id: replica as string, name, colour, away })),
    [peers],
  );

  useCommands(panelCommands(shell));
  const panels = usePanelEntries(shell);
  usePanelsAhead();

  return (
    <AppFrame
      kind={address.kind}
      title={title}
      onTitleChange={mode === 'edit' && isNow ? retitle : undefined}
      badge={
        <>
          <ModeChip mode={mode} />
          <NetworkChip />
        </>
      }
      status={<SaveStatus />}
      self={{ id: 'self', ...identity }}
      people={people}
      personMenu={follow ? (person) => personMenu(person, follow) : undefined}
      onRename={(name) => {
        const next = { ...identity, name };
        saveIdentity(as, next);
        session.presence.setIdentity(next);
        social.presence.setIdentity(next);
        onIdentity(next);
      }}
      undo={
        mode === 'edit' && isNow
          ? {
              canUndo: history.canUndo,
              canRedo: history.canRedo,
              onUndo: undo,
              onRedo: redo,
              ...(history.undoLabel && { undoLabel: words.undo(stepName(history.undoLabel)) }),
              ...(history.redoLabel && { redoLabel: words.redo(stepName(history.redoLabel)) }),
            }
          : undefined
      }
      menu={useFrameCommands({
        entries,
        panels,
        history: isNow ? history : { ...history, canUndo: false, canRedo: false },
        onCopyLink: () => void copyLink(linkTo(address, loadGrant(address, as))),
      })}
      actions={
        <>
          <span className="cc-slot" ref={setActions} />
          <PanelButtons />
        </>
      }
      banner={
        <>
          {offline ? (
            <Banner
              tone="warning"
              action={
                <Button size="small" onClick={() => workOffline(false)}>
                  {words.goOnline}
                </Button>
              }
            >
              {words.workingOffline}
            </Banner>
          ) : null}
          {status.refusal === 'erased' ? (
            <Banner
              tone="danger"
              action={
                <>
                  <Button size="small" onClick={exportData}>
                    {words.exportData}
                  </Button>
                  <Button
                    size="small"
                    onClick={() => void session.eraseLocal().then(() => location.reload())}
                  >
                    {words.discardCopy}
                  </Button>
                </>
              }
            >
              {words.problemErased}
            </Banner>
          ) : status.isUnavailable ? (
            <Banner tone="danger">
              {said} {words.keepOpen}
            </Banner>
          ) : problem?.kind === 'too-large' || problem?.kind === 'held' ? (
            <Banner
              tone="danger"
              action={
                isStuck ? (
                  <Button size="small" onClick={skip}>
                    {words.skipStep}
                  </Button>
                ) : undefined
              }
            >
              {said}
            </Banner>
          ) : null}
          {isShut ? null : status.refusal === 'forbidden' ? (
            <Banner tone="danger" action={<OpenWithoutLink />}>
              {said || words.problemNotAllowed}
            </Banner>
          ) : status.isKept ? (
            <Banner tone="warning">{words.keptHere}</Banner>
          ) : null}
          <div className="cc-slot" ref={setBanner} />
        </>
      }
      side={<OpenPanel />}
    >
      <SlotsContext value={slots}>
        <ErrorBoundary onExport={exportData}>{children}</ErrorBoundary>
        <FollowPill follow={follow} />
      </SlotsContext>
    </AppFrame>
  );
}
