// Makes the scene of a pane: the same one as long as person and language are.
import { useCallback, useMemo, useRef } from 'preact/hooks';
import type { Action, ActResult } from '../protocol.ts';
import { tryToAct } from './api.ts';
import { candidatesIn } from './candidates.ts';
import type { Leaf } from './command-model.ts';
import { begin, type Draft, emptyDraft } from './draft.ts';
import type { OpenForm } from './form.tsx';
import { type Live, nameOf, shopNow } from './live.ts';
import type { Files, Scene } from './scene.ts';
import type { Locale, Words } from './words.ts';

export interface PaneNow {
  readonly me: string;
  readonly locale: Locale;
  readonly t: Words;
  readonly live: Live;
  readonly leaves: readonly Leaf[];
  readonly setDraft: (draft: Draft) => void;
  readonly openForm: (form: OpenForm) => void;
  readonly goTo: (channelId: string) => void;
  /** Told of each action and what came of it. */
  readonly onActed: (userId: string, action: Action, result: ActResult) => void;
}

export function usePaneScene(pane: PaneNow): Scene {
  const { me, locale, t } = pane;
  const now = useRef(pane);
  now.current = pane;
  const act = useCallback(
    async (action: Action, files?: Files) => {
      const sent = await tryToAct({ as: me, locale, action }, files);
      const result: ActResult = typeof sent === 'string' ? { ok: false, why: 'refused', text: t(sent) } : sent;
      if (result.ok && result.shows === 'modal') now.current.openForm(result);
      if (action.kind !== 'autocomplete') now.current.onActed(me, action, result);
      return result;
    },
    [me, locale, t],
  );
  return useMemo(
    (): Scene => ({
      me,
      locale,
      t,
      act,
      nameOf: (id) => nameOf(now.current.live, id),
      now: () => shopNow(now.current.live, performance.now()),
      candidates: (kinds) => candidatesIn(now.current.live, kinds),
      goTo: (channelId) => now.current.goTo(channelId),
      fillIn: (path) => {
        const leaf = now.current.leaves.find((one) => one.path === path || one.shown === path);
        now.current.setDraft(leaf ? begin(leaf) : { ...emptyDraft, text: path });
      },
    }),
    [me, locale, act],
  );
}
