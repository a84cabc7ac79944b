// Which part of the page says a word, by how its key begins: what is not said at first sight is fetched later.
export type Part =
  | 'first'
  | 'later'
  | 'report'
  | 'desk'
  | 'notices'
  | 'bringing'
  | 'placing'
  | 'wishes'
  | 'work'
  | 'patrols'
  | 'sheets'
  | 'roster'
  | 'list'
  | 'walked'
  | 'responders'
  | 'volunteer'
  | 'beside';

const LATER = new RegExp(
  `^(?:${[
    'why|outside$|zoomHere|straight|crosses|crossing_|bank_|stand_|piece[A-Z]|inspected|wrongData|copyLink|copyPlace',
    'walk$|fetch$|route$|placeHeading|nearestHeading|noWayHere|noneCounted|example|gapHeading|gapGone',
    'whatIf(?:Empty|Mov|Delete|Kind|Place$|Add|Keys|Not|Full)',
    'bar[A-Z]|column|headlineSentence|rank|print[A-Z]|key_|help[A-Z]|shortcuts',
  ].join('|')})`,
);

const NOTICES = /^desk(?:Notice|Hook)/;

/** What a file of equipment would do; how to choose one, and what came of it, is said without its panel. */
const BRINGING =
  /^desk(?:Import(?!(?:Pick|Hint|Counts|ed)?$)|Outcome_|Suspicion|Skip_|Taken_|TakeAnyway|TakeNot|Row_|Column)/;

/** Where the next pieces are to go. */
const PLACING = /^deskSite/;

/** How scenarios compare, and what the work list says as a file and on paper. */
const WORK =
  /^desk(?:Site(?:Column|ListOf|Work|Labels|Scenario|Now$|Name$|Keep(?:Hint)?$|Before$|After$|Share$|Use|Forget)|Paper)/;

/** Who walks on an evening, and what a team takes along on paper. */
const PATROLS = /^deskPatrol/;
const SHEETS = /^deskSheet/;

/** Who is on when, who there is, and what they have seen. */
const ROSTER = /^deskRoster/;
const LIST = /^deskPerson/;
const WALKED = /^deskWalked/;
/** Who may be called. */
const RESPONDERS = /^deskResponder/;

/** The volunteer's page, which also says some of the planner's first words. */
const VOLUNTEER = /^vol/;
/** What of it is not said at first sight, or in a hurry. */
const BESIDE = new RegExp(
  `^vol(?:${[
    'Code[A-Z]|Scan$|CameraFailed|ReminderUsual|ReadAloud|Chime|Keep$|DropAsk|SignOut',
    'Theme|Track(?:Heading|Yes|No)|Account$|Region$|Install$|Wanted|Take(?:$|[A-TV-Z_]|nNow)|Taking|Links|Link_|FileNeeds|NeedsLine|Calendar|Cop(?:y|ied)|Paper',
  ].join('|')})`,
);
const SHARED = /^(?:meters|kilometers|seconds|minutes|close|back|retry|kind_.*|condition_.*)$/;
export const isShared = (key: string) => SHARED.test(key);

/** What may be wished beside how many, and what comes of that. */
const WISHES = /^deskWish/;

export function partOf(key: string): Part {
  if (VOLUNTEER.test(key)) return BESIDE.test(key) ? 'beside' : 'volunteer';
  if (WORK.test(key)) return 'work';
  if (PATROLS.test(key)) return 'patrols';
  if (SHEETS.test(key)) return 'sheets';
  if (ROSTER.test(key)) return 'roster';
  if (LIST.test(key)) return 'list';
  if (WALKED.test(key)) return 'walked';
  if (RESPONDERS.test(key)) return 'responders';
  if (PLACING.test(key)) return 'placing';
  if (WISHES.test(key)) return 'wishes';
  if (NOTICES.test(key)) return 'notices';
  if (BRINGING.test(key)) return 'bringing';
  if (key.startsWith('desk')) return 'desk';
  if (key.startsWith('report')) return 'report';
  return LATER.test(key) ? 'later' : 'first';
}
