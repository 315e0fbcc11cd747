// The peer: SQLite in WAL mode with synchronous=FULL, through libsql, which has better-sqlite3's interface and ships its
// binaries in the package.
import { join } from 'node:path';
import Database from 'libsql';
import type { CaseEntry, Order } from './orders.ts';

export const peerName = 'SQLite (libsql) WAL FULL';

const schema = `
  create table orders (
    id text primary key, guild text not null, merchant text not null, number text not null,
    buyer text, open int not null, ship_by int, wake int, json text not null
  ) without rowid;
  create index by_number on orders (guild, number);
  create unique index by_merchant_number on orders (guild, merchant, number);
  create index open_by_buyer on orders (guild, buyer, ship_by) where open = 1;
  create index by_wake on orders (wake) where wake is not null;
  create table case_entries (id text primary key, order_id text not null, at int not null, json text not null) without rowid;
  create index by_order on case_entries (order_id, at);
`;

export class SqlitePeer {
  readonly #db: Database.Database;
  readonly #put: Database.Statement;
  readonly #append: Database.Statement;
  readonly #byNumber: Database.Statement;
  readonly #openByBuyer: Database.Statement;
  readonly #due: Database.Statement;

  constructor(directory: string) {
    this.#db = new Database(join(directory, 'peer.sqlite'));
    this.#db.exec('pragma journal_mode = wal');
    this.#db.exec('pragma synchronous = full');
    this.#db.exec(schema);
    this.#put = this.#db.prepare('insert or replace into orders values (?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.#append = this.#db.prepare('insert into case_entries values (?, ?, ?, ?)');
    this.#byNumber = this.#db.prepare('select json from orders where guild = ? and number = ?');
    this.#openByBuyer = this.#db.prepare(
      'select json from orders where guild = ? and buyer = ? and open = 1 order by ship_by',
    );
    this.#due = this.#db.prepare(
      'select json from orders where wake is not null and wake <= ? order by wake limit 100',
    );
  }

  /** Writes all in one transaction. */
  write(changes: readonly (readonly [order: Order, entry?: CaseEntry])[]): void {
    this.#db.exec('begin immediate');
    for (const [order, entry] of changes) {
      this.#put.run(
        order.id,
        order.guildId,
        order.merchantId,
        order.number,
        order.buyer?.userId ?? null,
        1,
        order.shipBy?.at ?? 0,
        order.wakeAt ?? null,
        JSON.stringify(order),
      );
      if (entry) this.#append.run(entry.id, entry.orderId, entry.at, JSON.stringify(entry));
    }
    this.#db.exec('commit');
  }

  byNumber(guild: string, number: string): Order[] {
    return parsed(this.#byNumber.all(guild, number));
  }

  openByBuyer(guild: string, buyer: string): Order[] {
    return parsed(this.#openByBuyer.all(guild, buyer));
  }

  due(until: number): Order[] {
    return parsed(this.#due.all(until));
  }

  close(): void {
    this.#db.close();
  }
}

function parsed(rows: unknown[]): Order[] {
  return rows.map((row) => JSON.parse((row as { json: string }).json) as Order);
}
