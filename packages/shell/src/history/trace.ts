import { createContext, useContext } from 'react';
import type { TraceKind } from './history.ts';

/** How something in the past is marked: attributes for the element that shows it. */
export type TraceMark = {
  readonly 'data-trace': TraceKind;
  /** In words, shown by the style: colour never stands alone. */
  readonly 'data-trace-label': string;
  readonly 'data-presence': number;
};

export type TraceOf = (key: string) => TraceMark | undefined;

export const TraceContext = createContext<TraceOf>(() => undefined);

/** The attributes that mark a thing which is not what it was, while a past version is looked at; else undefined. */
export const useTrace = (key: string): TraceMark | undefined => useContext(TraceContext)(key);
