/** Joins the class names that apply: `classNames('cc-button', wide && 'is-wide')`. */
export const classNames = (...names: readonly (string | false | null | undefined)[]): string =>
  names.filter(Boolean).join(' ');
