// The volunteers: who wants to join, who is on the list, and the link by which somebody gets an account.
import '../../../style/rosterlist.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { SKILLS, type Skill, type Volunteer } from '../../../../../shared/roster.ts';
import type { Words } from '../../../../../shared/words.ts';
import { Skeleton } from '../../../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../../../panels/planner.ts';
import { Confirm, useAsked } from '../../asked.tsx';
import { Field } from '../../parts.tsx';
import { useRoster, useRosterPart } from '../context.ts';
import { RosterWrong } from '../parts.tsx';
import { langOf, skillsText } from '../texts.ts';
import { PersonForm } from './PersonForm.tsx';
import { weekdaysText } from './texts.ts';

type Which = 'all' | Skill | 'noAccount';
const WHICH: readonly Which[] = ['all', ...SKILLS, 'noAccount'];
/** So many are shown until more are asked for. */
const FIRST = 60;

export function VolunteerList() {
  const t = useWords();
  const people = useRosterPart((s) => s.people);
  const hasFailed = useRosterPart((s) => s.fault?.what === 'people');
  const [isAdding, setAdding] = useState(false);
  const applied = (people ?? []).filter(({ state }) => state === 'applied');
  const active = (people ?? []).filter(({ state }) => state === 'active');
  return (
    <>
      <RosterWrong what={['people']} />
      {people === null && !hasFailed && <Skeleton rows={6} doing="page" />}
      {applied.length > 0 && (
        <section class="roster-applied" aria-label={t('deskPersonApplied')}>
          <h2>{t('deskPersonAppliedN', { n: applied.length })}</h2>
          <ul class="roster-people">
            {applied.map((one) => (
              <Person key={one.id} one={one} />
            ))}
          </ul>
        </section>
      )}
      {people !== null && (
        <>
          {isAdding ? (
            <PersonForm seen={null} close={() => setAdding(false)} />
          ) : (
            <span class="desk-do">
              <button type="button" class="button is-main" onClick={() => setAdding(true)}>
                {t('deskPersonAddPerson')}
              </button>
              <InviteButton />
            </span>
          )}
          <Link of={null} />
          <OpenCall />
          <List active={active} />
        </>
      )}
    </>
  );
}

function List({ active }: { active: readonly Volunteer[] }) {
  const t = useWords();
  const [text, setText] = useState('');
  const [which, setWhich] = useState<Which>('all');
  const [isAll, showAll] = useState(false);
  const found = active.filter((one) => isOf(which, one) && isFound(t, text, one));
  const shown = isAll ? found : found.slice(0, FIRST);
  return (
    <section class="roster-list" aria-label={t('deskRosterTab_people')}>
      <h2>{t('deskPersonPeopleN', { n: active.length })}</h2>
      {active.length > 0 && (
        <div class="roster-filter">
          <Field label={t('deskPersonFind')}>
            <input type="search" value={text} onInput={(e) => setText(e.currentTarget.value)} />
          </Field>
          <Field label={t('deskPersonWhich')}>
            <select value={which} onChange={(e) => setWhich(e.currentTarget.value as Which)}>
              {WHICH.map((one) => (
                <option key={one} value={one}>
                  {t(`deskPersonWhich_${one}`)}
                </option>
              ))}
            </select>
          </Field>
        </div>
      )}
      <p class={active.length === 0 ? 'empty' : 'hint'} role="status">
        {active.length === 0
          ? t('deskPersonNoPeople')
          : found.length < active.length && t('deskPersonFoundN', { n: found.length })}
      </p>
      <ul class="roster-people">
        {shown.map((one) => (
          <Person key={one.id} one={one} />
        ))}
      </ul>
      {shown.length < found.length && (
        <button type="button" class="button" onClick={() => showAll(true)}>
          {t('deskPersonMore', { n: found.length - shown.length })}
        </button>
      )}
    </section>
  );
}

const isOf = (which: Which, { who, account }: Volunteer) =>
  which === 'all' || (which === 'noAccount' ? account === null : who.skills.includes(which));

function isFound(t: Words, text: string, { who, account }: Volunteer): boolean {
  const all = [who.name, who.phone, account, t(`deskPersonKind_${who.kind}`), skillsText(t, who)];
  return all.join(' ').toLowerCase().includes(text.trim().toLowerCase());
}

function Person({ one }: { one: Volunteer }) {
  const t = useWords();
  const can = useRoster();
  const isBusy = useRosterPart((s) => s.doing !== null);
  const { asked, ask, line } = useAsked<'edit' | 'leave'>();
  const { who, account } = one;
  const { name } = who;
  const isNew = one.state === 'applied';
  const button = (text: string, label: string, does: () => void, isMain = false) => (
    <button
      type="button"
      class={isMain ? 'button is-main' : 'button'}
      disabled={isBusy}
      aria-label={label}
      onClick={does}
    >
      {text}
    </button>
  );
  return (
    <li ref={line} tabIndex={-1}>
      <div class="roster-person">
        <p>
          <b lang={langOf(t, name)}>{name}</b>
          <small>
            {[t(`deskPersonKind_${who.kind}`), skillsText(t, who), weekdaysText(t, who)]
              .filter(Boolean)
              .join(' · ')}
          </small>
          <small>
            {who.phone && <a href={`tel:${who.phone.replace(/[^\d+]/g, '')}`}>{who.phone}</a>}
            {who.phone && !isNew && ' · '}
            {!isNew && (account === null ? t('deskPersonNoAccount') : t('deskPersonAccountIs', { account }))}
          </small>
        </p>
        {asked === null && (
          <span class="desk-do">
            {isNew ? (
              <>
                {button(
                  t('deskPersonAccept'),
                  t('deskPersonAcceptOne', { name }),
                  () => void can.accept(one),
                  true,
                )}
                {button(t('deskPersonDecline'), t('deskPersonDeclineOne', { name }), () => ask('leave'))}
              </>
            ) : (
              <>
                {account === null &&
                  button(t('deskPersonInviteThem'), t('deskPersonInviteOne', { name }), () => {
                    void can.invite(one.id);
                  })}
                {button(t('deskPersonEdit'), t('deskPersonEditOne', { name }), () => ask('edit'))}
                {button(t('deskPersonLeave'), t('deskPersonLeaveOne', { name }), () => ask('leave'))}
              </>
            )}
          </span>
        )}
      </div>
      {asked === 'edit' && <PersonForm key={one.validator} seen={one} close={() => ask(null)} />}
      {asked === 'leave' && (
        <Confirm
          means={t(isNew ? 'deskPersonDeclineAsk' : 'deskPersonLeaveAsk', { name })}
          does={t(isNew ? 'deskPersonDecline' : 'deskPersonLeaveDo')}
          act={() => {
            ask(null);
            void can.letGo(one);
          }}
          cancel={() => ask(null)}
        />
      )}
      {asked !== 'edit' && <RosterWrong what={['person']} about={String(one.id)} />}
      {account === null && !isNew && <Link of={one} />}
    </li>
  );
}

function InviteButton() {
  const t = useWords();
  const can = useRoster();
  const isBusy = useRosterPart((s) => s.doing !== null);
  return (
    <button type="button" class="button" disabled={isBusy} onClick={() => void can.invite(null)}>
      {t('deskPersonInvite')}
    </button>
  );
}

/** Where whoever wants to help says so: for posters. */
function OpenCall() {
  const t = useWords();
  const { deeds } = usePlanner();
  const region = usePart((s) => s.region ?? '');
  const url = `${location.origin}/join/${encodeURIComponent(region)}`;
  return (
    <div class="roster-call">
      <p>
        {t('deskPersonJoin')}
        <a class="link" href={url} target="_blank" rel="noreferrer">
          {url}
        </a>
      </p>
      <button type="button" class="button" onClick={() => deeds.copy(url)}>
        {t('deskPersonJoinCopy')}
      </button>
    </div>
  );
}

/** The invitation that was made last, if it is for them. */
function Link({ of }: { of: Volunteer | null }) {
  const t = useWords();
  const can = useRoster();
  const { deeds } = usePlanner();
  const id = of?.id ?? null;
  const box = useRef<HTMLDivElement>(null);
  const link = useRosterPart((s) => (s.link?.volunteer === id ? s.link.url : null));
  // It may lie below what is in sight.
  useEffect(() => {
    if (link !== null) box.current?.scrollIntoView({ block: 'nearest' });
  }, [link]);
  return (
    <div ref={box} role="status" class="roster-link">
      <RosterWrong what={['invite']} about={id === null ? null : String(id)} />
      {link !== null && (
        <div class="desk-link">
          <p>{of === null ? t('deskPersonLinkIs') : t('deskPersonLinkFor', { name: of.who.name })}</p>
          <input
            type="text"
            readOnly
            aria-label={t('deskPersonLink')}
            value={link}
            onFocus={(e) => e.currentTarget.select()}
          />
          {of === null && <small>{t('deskPersonLinkHint')}</small>}
          <span class="desk-do">
            <button type="button" class="button is-main" onClick={() => deeds.copy(link)}>
              {t('deskPersonCopy')}
            </button>
            <button type="button" class="button" onClick={can.closeLink}>
              {t('close')}
            </button>
          </span>
        </div>
      )}
    </div>
  );
}
