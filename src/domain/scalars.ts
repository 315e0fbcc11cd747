// The scalars every record is made of, as zod schemas.
import { z } from 'zod';

/** UTC epoch milliseconds. */
export const instantSchema = z.int().min(0);

/** Minor units (fen, cents; yen for JPY). Never a fraction. */
export const minorSchema = z.int();

/** ISO 4217 code in capitals. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/);

/** A Discord id. */
export const snowflakeSchema = z.string().regex(/^\d{15,21}$/);

export const localeSchema = z.enum(['zh-CN', 'en-US']);
export type Locale = z.infer<typeof localeSchema>;
