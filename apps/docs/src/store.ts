import { create } from 'zustand';

export type DocsDialog = 'link' | 'image' | null;

/** What this user looks at. Never documents. */
interface DocsState {
  readonly dialog: DocsDialog;
  readonly outline: boolean;
  /** Whether find and replace is open. */
  readonly finding: boolean;
  openDialog(dialog: DocsDialog): void;
  setOutline(shown: boolean): void;
  setFinding(open: boolean): void;
}

const OUTLINE_KEY = 'concord.docs.outline';

/** Storage may be forbidden; the choice is then for this page only. */
const stored = (): boolean => {
  try {
    return localStorage.getItem(OUTLINE_KEY) !== 'hidden';
  } catch {
    return true;
  }
};

export const useDocsStore = create<DocsState>()((set) => ({
  dialog: null,
  outline: stored(),
  finding: false,
  openDialog: (dialog) => set({ dialog }),
  setFinding: (finding) => set({ finding }),
  setOutline(outline) {
    try {
      localStorage.setItem(OUTLINE_KEY, outline ? 'shown' : 'hidden');
    } catch {
      // Nothing is lost but the choice.
    }
    set({ outline });
  },
}));
