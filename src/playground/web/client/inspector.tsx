// What lies behind it: the ledger, the case files, the notice queue, and what the bot and Discord said to each other.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { formatTimestamp } from '../../local-discord/timestamp.ts';
import type { Inspection } from '../protocol.ts';
import { inspection } from './api.ts';
import { type Live, nameOf, shopNow } from './live.ts';
import { parseMarkdown, plainText } from './markdown.ts';
import { Pre } from './pre.tsx';
import { type Locale, type Words, wordsIn } from './words.ts';

const sections = ['ledger', 'cases', 'notices', 'requests', 'refusals'] as const;
const hashShown = 12;
type Section = (typeof sections)[number];

interface Shown {
  readonly live: Live;
  readonly locale: Locale;
  readonly found: Inspection;
  readonly t: Words;
}

export function Inspector({ live, locale }: { readonly live: Live; readonly locale: Locale }): JSX.Element {
  const t = wordsIn(locale);
  const [section, setSection] = useState<Section>('ledger');
  const [found, setFound] = useState<Inspection | undefined>();
  useEffect(() => {
    let late = false;
    inspection(locale)
      .then((next) => !late && setFound(next))
      .catch(() => undefined);
    return () => {
      late = true;
    };
  }, [live.stirred, live.state.epoch, locale]);
  return (
    <aside class="inspector" lang={locale} aria-label={t('inside')}>
      <div class="tabs" role="tablist" aria-label={t('inside')}>
        {sections.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`tab-${one}`}
            aria-selected={one === section}
            aria-controls="inside"
            onClick={() => setSection(one)}
          >
            {t(`inside_${one}`)}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div class="tab-panel" role="tabpanel" id="inside" aria-labelledby={`tab-${section}`} tabIndex={0}>
        {found && <List section={section} live={live} locale={locale} found={found} t={t} />}
      </div>
    </aside>
  );
}

function List({ section, ...shown }: Shown & { readonly section: Section }): JSX.Element {
  if (section === 'ledger') return <Ledger {...shown} />;
  if (section === 'cases') return <Cases {...shown} />;
  if (section === 'notices') return <Notices {...shown} />;
  return <Requests {...shown} onlyRefused={section === 'refusals'} />;
}

const Empty = ({ t }: { readonly t: Words }): JSX.Element => <p class="hint">{t('nothing_yet')}</p>;

function When({
  at,
  live,
  locale,
}: {
  readonly at: number;
  readonly live: Live;
  readonly locale: Locale;
}): JSX.Element {
  const now = shopNow(live, performance.now());
  return <time>{formatTimestamp(at, 's', { locale, now, timeZone: live.state.timeZone })}</time>;
}

function money(amountMinor: number, currency: string, locale: Locale): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

function Ledger({ found, live, locale, t }: Shown): JSX.Element {
  if (found.ledger.length === 0) return <Empty t={t} />;
  return (
    <ol>
      {found.ledger.map((entry) => (
        <li key={entry.number}>
          <div class="line">
            <b>
              #{entry.number} {entry.kind}
            </b>
            <When at={entry.at} live={live} locale={locale} />
          </div>
          {entry.postings.map(({ account, amountMinor }, index) => (
            <div class="line posting" key={index}>
              <span>{account}</span>
              <span>{money(amountMinor, entry.currency, locale)}</span>
            </div>
          ))}
          <small>
            {entry.by} · {entry.reason ? `${entry.reason} · ` : ''}
            <code>{entry.hash}</code>
          </small>
        </li>
      ))}
    </ol>
  );
}

/** Markdown without its marks, with names and times in it. */
function inWords(text: string, { live, locale }: Pick<Shown, 'live' | 'locale'>): string {
  const { timeZone } = live.state;
  return plainText(parseMarkdown(text), {
    nameOf: (id) => nameOf(live, id),
    timeOf: (seconds) => formatTimestamp(seconds * 1000, 's', { locale, timeZone }),
  });
}

/** A value as its name says what it is: an instant, a sum, somebody's id, a hash. */
function valueText(
  name: string,
  value: string | number | boolean,
  { data, live, locale }: Pick<Shown, 'live' | 'locale'> & Pick<Inspection['cases'][number], 'data'>,
): string {
  if (typeof value === 'number' && name.endsWith('At')) {
    return formatTimestamp(value, 's', { locale, timeZone: live.state.timeZone });
  }
  if (typeof value === 'number' && name.endsWith('Minor')) return money(value, String(data.currency ?? 'CNY'), locale);
  if (name.endsWith('Id')) return nameOf(live, String(value));
  return name === 'hash' ? String(value).slice(0, hashShown) : String(value);
}

function Cases({ found, live, locale, t }: Shown): JSX.Element {
  if (found.cases.length === 0) return <Empty t={t} />;
  return (
    <ol>
      {found.cases.map(({ id, at, order, what, by, data }) => (
        <li key={id}>
          <div class="line">
            <b>{inWords(what, { live, locale })}</b>
            <When at={at} live={live} locale={locale} />
          </div>
          <small>
            {order} · {by}
          </small>
          {Object.keys(data).length > 0 && (
            <details>
              <summary>{t('details')}</summary>
              <Pre>
                {Object.entries(data)
                  .map(([name, value]) => `${name}: ${valueText(name, value, { data, live, locale })}`)
                  .join('\n')}
              </Pre>
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}

function Notices({ found, live, locale, t }: Shown): JSX.Element {
  if (found.notices.length === 0) return <Empty t={t} />;
  return (
    <ol>
      {found.notices.map((notice) => (
        <li key={notice.id}>
          <div class="line">
            <b>
              {inWords(notice.what, { live, locale })} <span class={`tag ${notice.state}`}>{notice.stateShown}</span>
            </b>
            <When
              at={notice.state === 'pending' ? notice.nextAttemptAt : notice.createdAt}
              live={live}
              locale={locale}
            />
          </div>
          <small>
            → {notice.to}
            {notice.way && ` · ${notice.way}`}
            {notice.failure && ` · ${inWords(notice.failure, { live, locale })}`}
            {notice.attempts > 1 && ` · ${t('attempts', { count: notice.attempts })}`}
          </small>
        </li>
      ))}
    </ol>
  );
}

/** By the clock on the reader's wall: requests take real time, whatever the shop's clock shows. */
const wallTime = (at: number, locale: Locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(at);

function Requests({ found, locale, t, onlyRefused }: Shown & { readonly onlyRefused: boolean }): JSX.Element {
  const shown = found.requests.filter(({ status }) => !onlyRefused || status >= 400);
  if (shown.length === 0) return <p class="hint">{t(onlyRefused ? 'nothing_refused' : 'nothing_yet')}</p>;
  return (
    <ol>
      {shown.map((request) => (
        <li key={request.id}>
          <details open={onlyRefused}>
            <summary class="line">
              <span class="route">{request.route}</span>
              <span>
                <time>{wallTime(request.at, locale)}</time>{' '}
                <span class={request.status >= 400 ? 'tag undeliverable' : 'tag sent'}>{request.status || '…'}</span>{' '}
                {request.durationMs.toFixed(0)} ms
              </span>
            </summary>
            {request.error && <Pre>{JSON.stringify(request.error, null, 2)}</Pre>}
            {request.body != null && <Pre>{JSON.stringify(request.body, null, 2)}</Pre>}
          </details>
        </li>
      ))}
    </ol>
  );
}
