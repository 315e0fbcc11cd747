// Who an order goes to, and by which parcel.
import { findCarrier, normaliseTracking, trackingWarning } from '../domain/carrier.ts';
import type { Recipient } from '../domain/order-draft.ts';
import { clip, idOf, isRounded, textOf } from './cells/text.ts';
import type { Column } from './header.ts';
import type { Loose } from './loose.ts';
import type { OrderCells } from './order-cells.ts';

const MAX_CARRIER_CHARS = 60;
/** Between several waybills in one cell. */
const SEPARATOR = /[,，;；、|/]/;

export interface Parcel {
  readonly carrier: string | undefined;
  readonly tracking: string | undefined;
}

/** Personal data goes nowhere but here. What the marketplace has masked stays as it is. */
export function readRecipient(cells: OrderCells): Loose<Recipient> {
  const { buyerName, email, region } = cells.fields;
  return {
    name: clipped(cells, buyerName, 200),
    phone: readPhone(cells),
    email: clipped(cells, email, 254),
    address: readAddress(cells),
    region: clipped(cells, region, 60),
  };
}

/** A number rounded by Excel is left out rather than kept wrong; the order itself does not depend on it. */
function readPhone(cells: OrderCells): string | undefined {
  const cell = cells.first(cells.fields.phone);
  if (cell === undefined) return undefined;
  const phone = idOf(cell.text);
  if (!isRounded(phone)) return clip(phone, 60);
  cells.note({ code: 'phone_rounded', row: cell.row });
  return undefined;
}

function readAddress(cells: OrderCells): string | undefined {
  const parts: string[] = [];
  for (const column of cells.fields.address) {
    const part = idOf(cells.firstOf(column)?.text);
    if (part !== '') parts.push(part);
  }
  return parts.length === 0 ? undefined : clip(parts.join(cells.layout.format.addressJoin), 500);
}

/** Rejected through `cells`: a waybill rounded by Excel. A cell that holds no waybill is noted and left out. */
export function readParcel(cells: OrderCells): Parcel {
  const name = cells.first(cells.fields.carrier)?.text;
  const carrier = name === undefined ? undefined : findCarrier(name);
  const tracking = readTracking(cells);
  if (carrier !== undefined && tracking !== undefined) {
    const warning = trackingWarning(carrier, tracking);
    if (warning !== undefined) cells.note({ ...warning, row: cells.firstRow });
  }
  return {
    carrier: carrier?.id ?? clip(name, MAX_CARRIER_CHARS),
    tracking,
  };
}

function readTracking(cells: OrderCells): string | undefined {
  const filled = cells.fields.tracking.flatMap((column) => cells.all(column));
  const first = filled[0];
  if (first === undefined) return undefined;
  let found: string | undefined;
  let several = false;
  for (const cell of filled) {
    const parts = SEPARATOR.test(cell.text) ? cell.text.split(SEPARATOR) : [cell.text];
    for (const part of parts.map(idOf)) {
      if (isRounded(part)) cells.rejectCell(cell, 'number_rounded');
      const tracking = normaliseTracking(part);
      several ||= found !== undefined && tracking !== undefined && tracking !== found;
      found ??= tracking;
    }
  }
  if (found === undefined) cells.note({ code: 'tracking_dropped', row: first.row });
  if (several) cells.note({ code: 'several_parcels', row: first.row });
  return found;
}

function clipped(cells: OrderCells, columns: readonly Column[], max: number): string | undefined {
  const text = cells.first(columns)?.text;
  return text === undefined ? undefined : textOf(clip(text, max));
}
