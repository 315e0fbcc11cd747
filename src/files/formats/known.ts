// The formats that can be read, most telling first: the first that fits a header is the file's.
import type { FileFormat } from '../format.ts';
import { generic } from './generic.ts';
import { pinduoduo } from './pinduoduo.ts';
import { shopify } from './shopify.ts';

export const KNOWN_FORMATS: readonly FileFormat[] = [pinduoduo, shopify, generic];

/** The format called `name` in `--source` and `/shop import`. */
export function findFormat(name: string): FileFormat | undefined {
  return KNOWN_FORMATS.find((format) => format.name === name);
}
