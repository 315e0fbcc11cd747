// Who an order goes to, and by which parcel.
import { findCarrier, normaliseTracking, trackingWarning } from '../domain/carrier.ts';
import type { Recipient } from '../domain/order-draft.ts';
import { clip, idOf, isRounded, textOf } from './cells/text.ts';
import { defined } from './defined.ts';
import type { Field } from './format.ts';
import { type Keeper, ownCopy } from './keep.ts';
import type { OrderCells } from './order-cells.ts';

const MAX_CARRIER_CHARS = 60;

export interface Parcel {
  readonly carrier: string | undefined;
  readonly tracking: string | undefined;
}

/** Personal data goes nowhere but here. What the marketplace has masked stays as it is. */
export function readRecipient(cells: OrderCells, keeper: Keeper): Recipient {
  const region = clipped(cells, 'region', 60);
  return defined<Recipient>({
    name: own(clipped(cells, 'buyerName', 200)),
    phone: own(readPhone(cells)),
    email: own(clipped(cells, 'email', 254)),
    address: own(readAddress(cells)),
    region: region === undefined ? undefined : keeper.shared(region),
  });
}

/** A number rounded by Excel is left out rather than kept wrong; the order itself does not depend on it. */
function readPhone(cells: OrderCells): string | undefined {
  const cell = cells.first('phone');
  if (cell === undefined) return undefined;
  const phone = idOf(cell.text);
  if (!isRounded(phone)) return clip(phone, 60);
  cells.note({ code: 'phone_rounded', row: cell.row });
  return undefined;
}

function readAddress(cells: OrderCells): string | undefined {
  const parts = cells
    .columns('address')
    .map((column) => idOf(cells.firstOf(column)?.text))
    .filter((part) => part !== '');
  return parts.length === 0 ? undefined : clip(parts.join(cells.layout.format.addressJoin), 500);
}

/** Rejected through `cells`: a waybill rounded by Excel. A cell that holds no waybill is noted and left out. */
export function readParcel(cells: OrderCells, keeper: Keeper): Parcel {
  const name = cells.first('carrier')?.text;
  const carrier = name === undefined ? undefined : findCarrier(name);
  const tracking = readTracking(cells);
  if (carrier !== undefined && tracking !== undefined) {
    const warning = trackingWarning(carrier, tracking);
    if (warning !== undefined) cells.note({ ...warning, row: cells.firstRow });
  }
  return {
    carrier: carrier?.id ?? (name === undefined ? undefined : keeper.shared(clip(name, MAX_CARRIER_CHARS))),
    tracking: own(tracking),
  };
}

function readTracking(cells: OrderCells): string | undefined {
  const found = new Set<string>();
  const filled = cells.columns('tracking').flatMap((column) => cells.all(column));
  for (const cell of filled) {
    for (const part of cell.text.split(/[,，;；、|/]/).map(idOf)) {
      if (isRounded(part)) cells.rejectCell(cell, 'number_rounded');
      const tracking = normaliseTracking(part);
      if (tracking !== undefined) found.add(tracking);
    }
  }
  const first = filled[0];
  if (first === undefined) return undefined;
  if (found.size === 0) cells.note({ code: 'tracking_dropped', row: first.row });
  if (found.size > 1) cells.note({ code: 'several_parcels', row: first.row });
  return found.values().next().value;
}

function clipped(cells: OrderCells, field: Field, max: number): string | undefined {
  const text = cells.first(field)?.text;
  return text === undefined ? undefined : textOf(clip(text, max));
}

function own(text: string | undefined): string | undefined {
  return text === undefined ? undefined : ownCopy(text);
}
