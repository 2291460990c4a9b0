const kept: object[] = [];

/**
 * Keeps an idle object of a class. V8 forgets the layout of objects once none of that kind is left, and throws away all
 * code that was compiled for it: a document that is opened after the last one was closed would begin slowly again.
 */
export function keepLayout(idle: object): void {
  kept.push(idle);
}
