// The playground's page: one or two people's Discord side by side, the clock above, and a look inside.
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Action, ActResult, ServerEvent } from '../protocol.ts';
import { listen } from './api.ts';
import { Inspector } from './inspector.tsx';
import { hasJumped, hear, type Live } from './live.ts';
import { importer, importPath } from './own-orders.ts';
import { Pane, type PaneProps, type Prepared, type View } from './pane.tsx';
import { tick } from './scene.ts';
import { type Read, readKey } from './sidebar.tsx';
import { type Theme, Toolbar } from './toolbar.tsx';
import { Tour } from './tour.tsx';
import type { TourProps } from './tour-state.ts';
import { rememberedWalk } from './tour-walk.ts';
import { type Locale, wordsIn } from './words.ts';

/** What is remembered for the next visit. */
interface Kept {
  readonly theme: Theme;
  readonly views: readonly View[];
  /** Has begun the tour. */
  readonly toured?: boolean;
}

const frameMs = 16;
const storageKey = 'makegood-playground';

function initial(): Kept {
  const locale: Locale = navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US';
  const theme = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  const fresh: Kept = { theme, views: [{ key: 'wang', locale }] };
  try {
    return { ...fresh, ...(JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Kept>) };
  } catch {
    return fresh;
  }
}

function useLive(): { readonly live: Live | undefined; readonly connected: boolean } {
  const [live, setLive] = useState<Live | undefined>();
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    // What comes in a burst is shown at once, not one by one.
    let waiting: ServerEvent[] = [];
    const show = () => {
      const events = waiting;
      waiting = [];
      setLive((before) =>
        events.reduce<Live | undefined>((live, event) => {
          // Each word for a time is worth looking at again only when the time has been moved.
          if (live && event.type === 'clock' && hasJumped(live, event.clock, performance.now())) setTimeout(tick);
          return hear(live, event, performance.now());
        }, before),
      );
    };
    return listen((event) => {
      if (waiting.length === 0) setTimeout(show, frameMs);
      waiting.push(event);
    }, setConnected);
  }, []);
  return { live, connected };
}

/** What is remembered, applied to the page and kept for the next visit. */
function useKept() {
  const [kept, setKept] = useState(initial);
  const locale = kept.views[0]?.locale ?? 'zh-CN';
  useEffect(() => {
    document.documentElement.dataset.theme = kept.theme;
    document.documentElement.lang = locale;
    document.title = wordsIn(locale)('title');
    try {
      localStorage.setItem(storageKey, JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing starts afresh each time.
    }
  }, [kept]);
  const setView = (pane: number, view: View) =>
    setKept((before) => ({ ...before, views: before.views.with(pane, view) }));
  const setTwoPanes = (on: boolean) => {
    const other: View = { key: kept.views[0]?.key === 'lin' ? 'wang' : 'lin', locale };
    setKept({ ...kept, views: on ? [...kept.views, other] : kept.views.slice(0, 1) });
  };
  return { kept, setKept, locale, setView, setTwoPanes };
}

/** What concerns all panes: what has been read, what was done last, and a command prepared for one of them. */
function useShared() {
  const [read, setRead] = useState<Read>(new Map());
  const [acted, setActed] = useState<TourProps['acted']>();
  const [prepared, setPrepared] = useState<{ readonly pane: number; readonly what: Prepared } | undefined>();
  const onRead = useCallback((userId: string, channelId: string, messageId: string) => {
    setRead((before) => new Map(before).set(readKey(userId, channelId), messageId));
  }, []);
  const onActed = useCallback(
    (userId: string, action: Action, result: ActResult) => setActed({ userId, action, result }),
    [],
  );
  return { read, onRead, acted, onActed, prepared, setPrepared };
}

export function App(): JSX.Element {
  const { live, connected } = useLive();
  const { kept, setKept, locale, setView, setTwoPanes } = useKept();
  const { acted, setPrepared, ...shared } = useShared();
  const [inspecting, setInspecting] = useState(false);
  const [touring, setTouring] = useState(() => rememberedWalk() !== undefined);
  const { theme, views } = kept;
  /** Begins an import of somebody's own orders, as a merchant. */
  const load = (pane: number, file: File) => {
    const view = views[pane];
    const { key } = importer(live?.state.people ?? [], view?.key) ?? {};
    if (!view || !key) return;
    setView(pane, { key, locale: view.locale });
    setPrepared({ pane, what: { path: importPath, values: {}, files: [file] } });
  };
  if (!live) return <p class="opening">{wordsIn(locale)(connected ? 'opening' : 'offline')}</p>;
  return (
    <div class={['app', inspecting && 'with-inspector', touring && 'with-tour'].filter(Boolean).join(' ')}>
      <Toolbar
        {...{ live, locale, connected, theme, inspecting, setInspecting, touring, setTwoPanes }}
        twoPanes={views.length > 1}
        isNew={kept.toured !== true}
        load={(file) => load(0, file)}
        setTheme={(next) => setKept({ ...kept, theme: next })}
        setTouring={(on) => {
          setTouring(on);
          setKept({ ...kept, toured: true });
        }}
      />
      {touring && (
        <Tour
          {...{ live, locale, acted }}
          show={(view) => setView(0, view)}
          prepare={(what) => setPrepared({ pane: 0, what })}
          end={() => setTouring(false)}
        />
      )}
      <Panes {...shared} {...{ live, locale, views, setView, load }} onPrepared={() => setPrepared(undefined)} />
      {inspecting && <Inspector live={live} locale={locale} />}
    </div>
  );
}

interface PanesProps extends Pick<PaneProps, 'live' | 'read' | 'onRead' | 'onActed' | 'onPrepared'> {
  readonly locale: Locale;
  readonly views: readonly View[];
  readonly setView: (pane: number, view: View) => void;
  readonly load: (pane: number, file: File) => void;
  readonly prepared: { readonly pane: number; readonly what: Prepared } | undefined;
}

function Panes({ locale, views, setView, load, prepared, ...shared }: PanesProps): JSX.Element {
  const [active, setActive] = useState(0);
  const t = wordsIn(locale);
  return (
    <main class={views.length > 1 ? 'panes two' : 'panes'}>
      {views.map((view, index) => (
        <Pane
          {...shared}
          key={index}
          view={view}
          label={t(index === 0 ? 'pane_first' : 'pane_second')}
          active={index === Math.min(active, views.length - 1)}
          onUsed={() => setActive(index)}
          change={(next) => setView(index, next)}
          load={(file) => load(index, file)}
          prepared={index === prepared?.pane ? prepared.what : undefined}
        />
      ))}
    </main>
  );
}
