// Brings a batch of orders from a file into the store, in one transaction.
import type { PolicyPack } from '../domain/compensation/policy.ts';
import { affects, type Incident } from '../domain/incident.ts';
import type { Reminders } from '../domain/merchant.ts';
import { changesBetween, mergeDraft, orderFromDraft } from '../domain/order/import-order.ts';
import { isOpen, type Order, type OrderLine } from '../domain/order/order.ts';
import type { OrderDraft } from '../domain/order-draft.ts';
import type { Product } from '../domain/stock/product.ts';
import { reserve } from '../domain/stock/reserve.ts';
import { orderOfMerchant, settingsOf } from './access.ts';
import { counted, hasHeard, noteTrouble, tellTrouble, withTrouble } from './apply-incident.ts';
import { keyOf } from './collections.ts';
import type { App } from './context.ts';
import { noteCorrected, noteShipped } from './note-shipped.ts';
import { packInForce, packOf } from './pack-of.ts';
import type { Tx } from './ports.ts';
import { record } from './record-case.ts';
import { tellRefundConflict } from './refund-conflict.ts';
import { stamped, stampedNew } from './save-order.ts';
import { saveShelf } from './set-aside.ts';
import { takeBackForgone } from './settle-remedy.ts';
import { Shelf } from './shelf.ts';
import { isReported, standingReports } from './standing-reports.ts';

export interface ImportTarget {
  readonly guildId: string;
  readonly merchantId: string;
  /** For a merchant not yet known; its id where absent. */
  readonly merchantName?: string | undefined;
  /** The file's format, such as `pdd`. */
  readonly source: string;
  /** The account that imports, or `system`. */
  readonly by: string;
}

export interface ImportCounts {
  imported: number;
  updated: number;
  unchanged: number;
}

/** What every order of a batch is measured by. */
interface Batch {
  readonly app: App;
  readonly tx: Tx;
  readonly target: ImportTarget;
  readonly pack: PolicyPack;
  readonly reminders: Reminders;
  readonly shelf: Shelf;
  readonly incidents: Map<string, Incident>;
  readonly now: number;
}

/** Brings the drafts in; a merchant not yet known is created. */
export async function importBatch(
  app: App,
  tx: Tx,
  target: ImportTarget,
  drafts: readonly OrderDraft[],
): Promise<ImportCounts> {
  const batch = await openBatch(app, tx, target);
  const counts: ImportCounts = { imported: 0, updated: 0, unchanged: 0 };
  await batch.shelf.load(drafts.flatMap(({ lines }) => lines));
  for (const draft of drafts) counts[await bringIn(batch, draft)] += 1;
  await saveShelf(app, tx, batch.shelf, batch.now);
  for (const incident of batch.incidents.values()) await tx.put('incidents', incident);
  return counts;
}

async function openBatch(app: App, tx: Tx, target: ImportTarget): Promise<Batch> {
  const { guildId, merchantId: id, merchantName: name = id } = target;
  const settings = await settingsOf(app, tx, guildId);
  const merchant = await tx.get('merchants', keyOf(guildId, id));
  if (!merchant) await tx.put('merchants', { guildId, id, name, memberIds: [], roleIds: [] });
  return {
    app,
    tx,
    target,
    pack: packInForce(app, settings),
    reminders: merchant?.reminders ?? settings.reminders,
    shelf: new Shelf(tx, target),
    incidents: new Map(),
    now: app.clock.now(),
  };
}

async function bringIn(batch: Batch, draft: OrderDraft): Promise<keyof ImportCounts> {
  const { tx, target } = batch;
  const known = await orderOfMerchant(tx, target.guildId, target.merchantId, draft.number);
  if (known) return update(batch, known, draft);
  const { app, pack, now } = batch;
  const { guildId, merchantId, source, by } = target;
  const fresh = { id: app.ids.next(), guildId, merchantId, source, by, pack, now };
  await save(batch, undefined, orderFromDraft(draft, fresh));
  return 'imported';
}

async function update(batch: Batch, known: Order, draft: OrderDraft): Promise<'updated' | 'unchanged'> {
  const { app, tx, target, shelf, now } = batch;
  const pack = packOf(app, known);
  const merged = mergeDraft(known, draft, { pack, now });
  await tellRefundConflict(app, tx, known, merged, draft, now);
  const changes = changesBetween(known, merged);
  if (changes.length === 0) return 'unchanged';
  await shelf.load(known.lines);
  const order = await save(batch, known, merged, changes);
  if (order.state === 'closed') await takeBackForgone(tx, { order, by: target.by, now, pack });
  await noteParcel(batch, known, order);
  return 'updated';
}

async function noteParcel({ app, tx, target: { by }, now }: Batch, before: Order, after: Order): Promise<void> {
  if (after.state !== 'shipped') return;
  const isOther = before.tracking !== after.tracking || before.carrier !== after.carrier;
  if (before.state !== 'shipped') await noteShipped(app, tx, after, by, now);
  else if (isOther && after.tracking !== undefined) await noteCorrected(app, tx, before, after, by, now);
}

/**
 * Saves an order with its pieces set aside, its products, and the report it walks into.
 *
 * @param changes for the case file; that it came in, an order says itself
 */
async function save(
  batch: Batch,
  before: Order | undefined,
  after: Order,
  changes: readonly string[] = [],
): Promise<Order> {
  const { app, tx, target, reminders, now } = batch;
  const stocked = before && isToShip(before) ? await withStockOf(batch, before, after) : withStock(batch, after);
  const incident = isOpen(stocked) && isAnyReported(batch, stocked) ? await newsFor(batch, before, stocked) : undefined;
  const troubled = incident ? withTrouble(stocked, incident, now) : stocked;
  const saved = before ? stamped(app, reminders, before, troubled, now) : stampedNew(app, reminders, troubled, now);
  await tx.put('orders', saved);
  for (const line of saved.lines) addProduct(batch, saved, line);
  if (changes.length > 0) await record(tx, app, saved, 'updated', target.by, { changes: changes.join(',') }, now);
  if (incident && !(before && (await hasHeard(tx, saved, incident)))) {
    batch.incidents.set(incident.id, counted(incident, saved));
    await noteTrouble(app, tx, saved, incident, now);
  } else if (incident || (before && isOpen(saved) && !isOpen(before))) {
    await tellTrouble(app, tx, saved, now);
  }
  return saved;
}

function isAnyReported({ shelf }: Batch, order: Order): boolean {
  return order.lines.some(({ sku }) => isReported(shelf.at(sku)));
}

/** A report that stands on an order new among the open ones, or on a line new in it. */
async function newsFor(
  { tx, shelf, incidents, now }: Batch,
  before: Order | undefined,
  order: Order,
): Promise<Incident | undefined> {
  const wasOpen = before !== undefined && isOpen(before);
  for (const { line, incident: found } of await standingReports(tx, shelf, order, now)) {
    const incident = incidents.get(found.id) ?? found;
    const isNews = wasOpen
      ? before.lines.every(({ sku }) => sku !== line.sku) && order.trouble?.incidentId !== incident.id
      : affects(incident, order);
    if (isNews) return incident;
  }
  return undefined;
}

/** Sets pieces aside for what is to be shipped from now on. */
function withStock(batch: Batch, order: Order): Order {
  return isToShip(order) ? setAside(batch, order) : order;
}

/** Sets pieces aside for what is new in an order, and gives back those of one that closes or shrinks. */
async function withStockOf(batch: Batch, before: Order, after: Order): Promise<Order> {
  const given = after.state === 'closed' ? after.lines.map(({ reserved: _back, ...line }) => line) : after.lines;
  await giveBackUnused(batch, before.lines, given);
  const kept = { ...after, lines: given };
  // While its money was on its way back it was passed over when pieces came in.
  return isToShip(kept) ? setAside(batch, kept, isOpen(before) ? before.lines : []) : kept;
}

/** On its way back as money or not: the pieces stay set aside until that is certain. */
function isToShip({ state }: Order): boolean {
  return state === 'to_ship' || state === 'on_hold';
}

/** Pieces that older orders may be short of are left for them; so this one gets its own in turn (`saveShelf`). */
function setAside({ shelf, now }: Batch, order: Order, had: readonly OrderLine[] = []): Order {
  let lines = order.lines;
  for (const sku of skusOf(order.lines)) {
    const product = shelf.at(sku);
    if (product?.stock === undefined || shelf.backFromNone().has(sku)) continue;
    const reserved = reserve(lines, product, piecesOf(lines, sku) - piecesOf(had, sku), now);
    if (reserved.taken === 0) continue;
    shelf.set(reserved.product);
    lines = reserved.lines;
  }
  return lines === order.lines ? order : { ...order, lines };
}

/** Each once. */
function skusOf(lines: readonly OrderLine[]): Iterable<string> {
  const [first, ...others] = lines;
  return first && others.length === 0 ? [first.sku] : new Set(lines.map(({ sku }) => sku));
}

function piecesOf(lines: readonly OrderLine[], sku: string): number {
  return lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);
}

async function giveBackUnused(
  { shelf, now }: Batch,
  before: readonly OrderLine[],
  after: readonly OrderLine[],
): Promise<void> {
  for (const sku of new Set(before.map((line) => line.sku))) {
    await shelf.giveBack(sku, reservedOf(before, sku) - reservedOf(after, sku), now);
  }
}

function reservedOf(lines: readonly OrderLine[], sku: string): number {
  return lines.reduce((sum, line) => sum + (line.sku === sku ? (line.reserved ?? 0) : 0), 0);
}

/** A product not yet known is taken from the line; one that is known stays as the merchant keeps it. */
function addProduct({ shelf }: Batch, order: Order, line: OrderLine): void {
  if (shelf.at(line.sku)) return;
  const { guildId, merchantId, currency } = order;
  const name = line.spec ? `${line.name} ${line.spec}`.slice(0, 300) : line.name;
  const price = line.unitPriceMinor === undefined ? {} : { priceMinor: line.unitPriceMinor, currency };
  const product: Product = { guildId, merchantId, sku: line.sku, name, ...price, substitutes: [] };
  shelf.set(product);
}
