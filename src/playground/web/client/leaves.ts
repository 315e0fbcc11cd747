// The commands a person is shown in a place, in their language.
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Command } from '../../local-discord/types.ts';
import { commandsOf } from './api.ts';
import { type Leaf, leavesOf } from './command-model.ts';

/** None while they are asked for. @param version another one when they have to be asked for anew */
export function useLeaves(userId: string, channelId: string, version: string, locale: string): readonly Leaf[] {
  const [found, setFound] = useState<{ readonly for: string; readonly commands: readonly Command[] } | undefined>();
  const wanted = `${userId}/${channelId}/${version}`;
  useEffect(() => {
    let gone = false;
    if (channelId) {
      commandsOf(userId, channelId)
        .then((commands) => !gone && setFound({ for: wanted, commands }))
        .catch(() => undefined);
    }
    return () => {
      gone = true;
    };
  }, [wanted]);
  const commands = found?.for === wanted ? found.commands : undefined;
  return useMemo(() => leavesOf(commands ?? [], locale), [commands, locale]);
}
