import type { Comments } from './comments.ts';
import type { Subject } from './subject.ts';

type TextSubject = Extract<Subject, { type: 'text' }>;
type Stretch = Pick<TextSubject, 'start' | 'end'>;

const isText = (subject: Subject): subject is TextSubject => subject.type === 'text';

/** The comments on text, in the words of an editor that draws them and moves them along. */
export function textMarks(comments: Comments) {
  return {
    comments: () =>
      comments
        .marks()
        .map(({ id, subjects, shown, active }) => ({
          id,
          stretches: subjects.filter(isText),
          shown,
          active,
        }))
        .filter(({ stretches }) => stretches.length > 0),
    subscribe: comments.subscribe,
    onPress: (id: string) => comments.press(id),
    onMoved: (moves: ReadonlyMap<string, Stretch>) =>
      comments.move(new Map([...moves].map(([id, { start, end }]) => [id, { type: 'text', start, end }]))),
  };
}
