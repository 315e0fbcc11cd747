// Reads rule packs from folders of JSON files, and says which field of which file is wrong.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PolicyBook, type PolicyPack, policyPackSchema } from '../domain/compensation/policy.ts';

/** The pack a server starts with. */
const defaultPackId = 'pdd';

/** The rule packs cannot be used: one plain sentence for each thing that is wrong, naming file and field. */
export class PolicyFileError extends Error {
  override readonly name = 'PolicyFileError';
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/**
 * Reads every `*.json` of the folders. A pack in a later folder takes the place of one with the same id in an earlier folder:
 * so a shop changes a figure without touching what it was shipped with. Where its version is another, the earlier one stays
 * at hand for the orders that came in under it.
 * @throws PolicyFileError where a folder or file cannot be read, a pack is malformed, one folder has an id twice, or the
 *   default pack is missing.
 */
export function loadPolicies(dirs: readonly string[]): PolicyBook {
  const problems: string[] = [];
  const packs = new Map<string, PolicyPack>();
  const versions = new Map<string, PolicyPack>();
  for (const dir of dirs) {
    const fileOf = new Map<string, string>();
    for (const file of filesOf(dir, problems)) {
      const pack = readPack(file, problems);
      if (!pack) continue;
      const other = fileOf.get(pack.id);
      if (other) problems.push(`${file}: id: "${pack.id}" is the id of ${other} too.`);
      fileOf.set(pack.id, file);
      packs.set(pack.id, pack);
      versions.set(versionKey(pack.id, pack.version), pack);
    }
  }
  const defaultPack = packs.get(defaultPackId);
  if (problems.length === 0 && !defaultPack) {
    problems.push(`There is no rule pack with the id "${defaultPackId}" in ${dirs.join(', ')}.`);
  }
  if (problems.length > 0 || !defaultPack) throw new PolicyFileError(problems);
  return {
    defaultPack,
    packs: [...packs.values()],
    find: (id, version) => (version === undefined ? packs.get(id) : versions.get(versionKey(id, version))),
  };
}

function versionKey(id: string, version: string): string {
  return `${id}/${version}`;
}

function filesOf(dir: string, problems: string[]): string[] {
  try {
    const names = readdirSync(dir).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => join(dir, name));
  } catch (error) {
    problems.push(`${dir}: the folder cannot be read (${codeOf(error)}).`);
    return [];
  }
}

function readPack(file: string, problems: string[]): PolicyPack | undefined {
  const content = readJson(file, problems);
  if (content === undefined) return undefined;
  const { success, data, error } = policyPackSchema.safeParse(content);
  if (success) return data;
  for (const { path, message } of error.issues) {
    problems.push(`${file}: ${path.map(String).join('.') || 'the file'}: ${message}.`);
  }
  return undefined;
}

function readJson(file: string, problems: string[]): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    problems.push(
      error instanceof SyntaxError
        ? `${file}: is not valid JSON: ${error.message}.`
        : `${file}: cannot be read (${codeOf(error)}).`,
    );
    return undefined;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
