// Which part of the page says a word, by how its key begins: what is not said at first sight is fetched later.
export type Part = 'first' | 'later' | 'report' | 'desk';

const LATER = new RegExp(
  `^(?:${[
    'why|straight|crosses|crossing_|bank_|stand_|piece[A-Z]|inspected|wrongData|copyLink|copyPlace',
    'walk$|fetch$|route$|placeHeading|nearestHeading|noWayHere|noneCounted|example|gapHeading|gapGone',
    'whatIf(?:Empty|Move$|Delete|Kind|Place$|Add|Keys|Not|Full)',
    'bar[A-Z]|column|headlineSentence|rank|print[A-Z]|key_|help[A-Z]|shortcuts',
  ].join('|')})`,
);

export function partOf(key: string): Part {
  if (key.startsWith('desk')) return 'desk';
  if (key.startsWith('report')) return 'report';
  return LATER.test(key) ? 'later' : 'first';
}
