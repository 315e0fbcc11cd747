// Checks what a store holds: every record by its schema, and the books by their own rules.
import { type CollectionName, collectionNames, collections, keyOf, type RecordOf } from '../app/collections.ts';
import { verifyChain } from '../domain/ledger/chain.ts';
import type { LedgerEntry } from '../domain/ledger/entry.ts';
import { balanced } from '../domain/ledger/posting.ts';

export interface Records {
  records<C extends CollectionName>(collection: C): Iterable<RecordOf<C>>;
}

export interface Check {
  readonly name: string;
  /** How many things were looked at. */
  readonly checked: number;
  /** What is wrong, by ids and numbers only; empty where all is well. */
  readonly problems: readonly string[];
}

/** At most so many problems of one kind are named. */
const namedLimit = 20;

function check<T>(name: string, items: Iterable<T>, problemOf: (item: T) => string | undefined): Check {
  const problems: string[] = [];
  let checked = 0;
  let more = 0;
  for (const item of items) {
    checked++;
    const problem = problemOf(item);
    if (problem === undefined) continue;
    if (problems.length < namedLimit) problems.push(problem);
    else more++;
  }
  if (more > 0) problems.push(`and ${more} more`);
  return { name, checked, problems };
}

function* all(store: Records): Generator<readonly [CollectionName, unknown]> {
  for (const name of collectionNames) for (const record of store.records(name)) yield [name, record];
}

/** Names the fields, never what is in them. */
function schemaProblem([name, record]: readonly [CollectionName, unknown]): string | undefined {
  const { schema, key } = collections[name];
  const { success, error } = schema.safeParse(record);
  if (success) return undefined;
  const fields = error.issues.map(({ path, code }) => `${path.join('.')} (${code})`).join(', ');
  return `${name} ${(key as (record: unknown) => string)(record)}: ${fields}`;
}

/** Finds records that share an entry of a unique index. */
function uniqueProblem(): (item: readonly [CollectionName, unknown]) => string | undefined {
  const taken = new Set<string>();
  return ([name, record]) => {
    const indexes = collections[name].indexes as Record<
      string,
      { unique?(r: unknown): string; group(r: unknown): string | undefined }
    >;
    for (const [index, { unique, group: groupOf }] of Object.entries(indexes)) {
      const group = unique && groupOf(record);
      if (group === undefined) continue;
      const entry = [`${name}.${index}`, group, unique?.(record)].join(' ').trimEnd();
      if (taken.has(entry)) return `${entry} stands twice`;
      taken.add(entry);
    }
    return undefined;
  };
}

function byGuild(entries: readonly LedgerEntry[]): Map<string, LedgerEntry[]> {
  const guilds = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const list = guilds.get(entry.guildId);
    if (list) list.push(entry);
    else guilds.set(entry.guildId, [entry]);
  }
  for (const list of guilds.values()) list.sort((a, b) => a.number - b.number);
  return guilds;
}

function chainProblem([guild, entries]: readonly [string, readonly LedgerEntry[]]): string | undefined {
  const broken = verifyChain(entries);
  return broken && `server ${guild}, entry ${broken.number}: ${broken.problem}`;
}

/** The sum of all postings, by the key of the balance that has to equal it. */
function sums(entries: readonly LedgerEntry[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const { guildId, currency, postings } of entries) {
    for (const { account, amountMinor } of postings) {
      const key = keyOf(guildId, currency, account);
      sum.set(key, (sum.get(key) ?? 0) + amountMinor);
    }
  }
  return sum;
}

function checkBalances(store: Records, entries: readonly LedgerEntry[]): Check {
  const expected = sums(entries);
  const kept = new Map([...store.records('balances')].map((b) => [collections.balances.key(b), b.amountMinor]));
  return check('every balance is the sum of its postings', new Set([...expected.keys(), ...kept.keys()]), (key) => {
    const [sum, balance] = [expected.get(key) ?? 0, kept.get(key) ?? 0];
    return sum === balance ? undefined : `${key}: the postings make ${sum}, the balance is ${balance}`;
  });
}

function checkCompensations(entries: readonly LedgerEntry[]): Check {
  const given = new Set<string>();
  const compensations = entries.filter(({ kind }) => kind === 'compensation');
  return check(
    'no order is compensated twice for one reason',
    compensations,
    ({ orderId, reason, number, guildId }) => {
      const key = keyOf(orderId ?? '', reason ?? '');
      if (given.has(key)) return `server ${guildId}, entry ${number}: order ${orderId}, ${reason}`;
      given.add(key);
      return undefined;
    },
  );
}

/** Both ways: every voucher was paid into its account by its entry, and every voucher account has its voucher. */
function checkVouchers(store: Records, entries: readonly LedgerEntry[]): Check {
  const vouchers = [...store.records('vouchers')];
  const byNumber = new Map(entries.map((entry) => [keyOf(entry.guildId, entry.number), entry]));
  const ids = new Set(vouchers.map(({ id }) => id));
  const accounts = entries.flatMap(({ postings }) =>
    postings.map(({ account }) => /^voucher:(.+)$/.exec(account)?.[1]),
  );
  const orphans = new Set(accounts.filter((id) => id !== undefined && !ids.has(id)));
  return check('vouchers match the ledger', [...vouchers, ...orphans], (item) => {
    if (typeof item !== 'object') return `the ledger pays into voucher ${item}, which does not exist`;
    const entry = byNumber.get(keyOf(item.guildId, item.entryNumber));
    const paid = entry?.postings.some((p) => p.account === `voucher:${item.id}` && p.amountMinor === item.amountMinor);
    if (paid && entry?.currency === item.currency) return undefined;
    return `voucher ${item.id}: entry ${item.entryNumber} does not pay its amount into it`;
  });
}

/** Every check there is, each with what it found. */
export function checkRecords(store: Records): readonly Check[] {
  const entries = [...store.records('ledger')];
  return [
    check('every record is as its schema says', all(store), schemaProblem),
    check('entries of unique indexes stand once', all(store), uniqueProblem()),
    check('every ledger entry sums to zero', entries, ({ guildId, number, postings }) =>
      balanced(postings) ? undefined : `server ${guildId}, entry ${number}`,
    ),
    check('ledger numbers have no gaps and the hash chain holds', byGuild(entries), chainProblem),
    checkBalances(store, entries),
    checkCompensations(entries),
    checkVouchers(store, entries),
  ];
}
