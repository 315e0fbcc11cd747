// One life of a shop: does one thing after another, each also twice, and looks at everything after each.
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { CollectionName } from '../../../src/app/collections.ts';
import { isRefusal } from '../../../src/domain/refusal.ts';
import type { Act, Kind, Step } from './acts.ts';
import { changed } from './changed.ts';
import { checkAuthority } from './check-authority.ts';
import { cameIn, checkMoney, checkPieces, checkVersions } from './check-orders.ts';
import { checkCaseFiles, checkIndexes, checkStore } from './check-store.ts';
import { checkSwept, checkWakes, Pings } from './check-time.ts';
import { Ears } from './ears.ts';
import { openShop } from './opening.ts';
import { type Wish, wishOf } from './perform.ts';
import { merchantIds, people, type Tables, type World } from './world.ts';

/** What a second wish adds to: pieces, notes, money, previews; and what only passes. */
const adds: ReadonlySet<Kind> = new Set(['restock', 'setStock', 'note', 'deposit', 'quote', 'link']);
const passes: ReadonlySet<Kind> = new Set(['restart', 'pass', 'run', 'reach']);
/** A proof that failed is counted, though it is a refusal. */
const countedFailures: readonly CollectionName[] = ['people', 'linkFailures', 'operations'];

export async function live(steps: readonly Step[]): Promise<void> {
  const life = new Life(await openShop());
  for (const step of steps) await life.take(step);
  await life.end();
}

class Life {
  readonly #world: World;
  readonly #ears: Ears;
  readonly #pings = new Pings();
  readonly #mostPaid = new Map<string, number>();
  #operations = 0;

  constructor(world: World) {
    this.#world = world;
    this.#ears = new Ears(world);
    this.#pings.check(world);
  }

  async take({ act, diskFullAfter }: Step): Promise<void> {
    const world = this.#world;
    const wish = wishOf(world, act);
    if (!wish) return;
    const before = world.snapshot();
    const operation = this.#next();
    const isDiskFull = diskFullAfter !== undefined && act.do !== 'restart';
    if (isDiskFull) world.diskFullAfter(diskFullAfter);
    const answer = await wish(operation);
    world.diskWellAgain();
    this.#check(act, before, answer);
    if (isDiskFull || passes.has(act.do)) return;
    if (act.do === 'sweep') checkSwept(world);
    await this.#again(act, wish, operation, answer);
  }

  /** In the end everybody can be reached, and all that is owed to them is said. */
  async end(): Promise<void> {
    const world = this.#world;
    world.net.answers.clear();
    for (const id of merchantIds) await this.take({ act: { do: 'merchant', id, memberId: people[id].userId } });
    await this.take({ act: { do: 'run', hours: 24 * 5 } });
    await this.take({ act: { do: 'sweep' } });
    await this.take({ act: { do: 'deliver' } });
    this.#ears.checkAllTold();
    checkCaseFiles(world.tables);
    checkStore(world.tables);
    await checkIndexes(world);
    await world.restart('close');
    await checkIndexes(world);
    await world.close();
    expect(world.errors.join('\n')).toBe('');
  }

  #next(): string {
    return `op-${++this.#operations}`;
  }

  #check(act: Act, before: Tables, answer: unknown): void {
    const world = this.#world;
    const { tables } = world;
    for (const { id, paidMinor } of world.all('orders')) {
      this.#mostPaid.set(id, Math.max(paidMinor, this.#mostPaid.get(id) ?? 0));
    }
    if (isRefusal(answer)) {
      const apart = act.do === 'link' ? countedFailures : [];
      expect(changed(before, tables, apart), `refused: ${answer.refused}`).toEqual([]);
    } else checkAuthority(before, act);
    if (act.do === 'file' && act.dryRun) expect(changed(before, tables)).toEqual([]);
    if (act.do === 'choose' && act.behind > 0)
      expect(changed(before, tables, ['operations']), 'an old card').toEqual([]);
    checkVersions(before, tables);
    checkPieces(before, tables, cameIn(act, answer));
    checkMoney(tables, this.#mostPaid);
    checkWakes(world);
    this.#pings.check(world);
    expect(world.errors.join('\n'), 'nothing fails by a bug').toBe('');
  }

  /** The same event once more, and the same wish once more: neither does anything further. */
  async #again(act: Act, wish: Wish, operation: string, answer: unknown): Promise<void> {
    const world = this.#world;
    const before = world.snapshot();
    const second = await wish(operation);
    expect(changed(before, world.tables, isRefusal(answer) ? countedFailures : []), 'replayed').toEqual([]);
    if (act.do !== 'file') expect(isDeepStrictEqual(second, answer), 'the answer is the one given before').toBe(true);
    if (adds.has(act.do)) return;
    await wish(this.#next());
    expect(changed(before, world.tables, ['operations']), 'wished again').toEqual([]);
  }
}
