/** What a clerk calls a setting, and what it is set to. */
export type Facts = Readonly<Record<string, string>>;

/** A setting in which two versions differ. */
export interface FactDifference {
  name: string;
  mine: string;
  theirs: string;
}

/** The settings in which two versions differ, also those that only one of them has. */
export function compareFacts(mine: Facts, theirs: Facts): FactDifference[] {
  return [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
    .map((name) => ({ name, mine: mine[name] ?? '', theirs: theirs[name] ?? '' }))
    .filter((row) => row.mine !== row.theirs);
}
