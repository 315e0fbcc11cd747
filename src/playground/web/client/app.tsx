// The playground's page: one or two people's Discord side by side, the clock above, and a look inside.
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Action, ActResult, ServerEvent } from '../protocol.ts';
import { listen } from './api.ts';
import { Inspector } from './inspector.tsx';
import { hasJumped, hear, type Live } from './live.ts';
import { importer, importPath } from './own-orders.ts';
import { Pane, type Prepared, type View } from './pane.tsx';
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

export function App(): JSX.Element {
  const { live, connected } = useLive();
  const [kept, setKept] = useState(initial);
  const [read, setRead] = useState<Read>(new Map());
  const [inspecting, setInspecting] = useState(false);
  const [active, setActive] = useState(0);
  const [touring, setTouring] = useState(() => rememberedWalk() !== undefined);
  const [prepared, setPrepared] = useState<{ readonly pane: number; readonly what: Prepared } | undefined>();
  const [acted, setActed] = useState<TourProps['acted']>();
  const { theme, views } = kept;
  const locale = views[0]?.locale ?? 'zh-CN';
  const t = wordsIn(locale);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.lang = locale;
    document.title = t('title');
    try {
      localStorage.setItem(storageKey, JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing starts afresh each time.
    }
  }, [kept]);
  const onRead = useCallback((userId: string, channelId: string, messageId: string) => {
    setRead((before) => new Map(before).set(readKey(userId, channelId), messageId));
  }, []);
  const onActed = useCallback(
    (userId: string, action: Action, result: ActResult) => setActed({ userId, action, result }),
    [],
  );
  const change = (index: number, view: View) =>
    setKept((before) => ({ ...before, views: before.views.with(index, view) }));
  const load = (pane: number, file: File) => {
    const view = views[pane];
    const { key } = importer(live?.state.people ?? [], view?.key) ?? {};
    if (!view || !key) return;
    change(pane, { key, locale: view.locale });
    setPrepared({ pane, what: { path: importPath, values: {}, files: [file] } });
  };
  if (!live) return <p class="opening">{t(connected ? 'opening' : 'offline')}</p>;
  return (
    <div class={['app', inspecting && 'with-inspector', touring && 'with-tour'].filter(Boolean).join(' ')}>
      <Toolbar
        live={live}
        locale={locale}
        connected={connected}
        theme={theme}
        twoPanes={views.length > 1}
        inspecting={inspecting}
        touring={touring}
        isNew={kept.toured !== true}
        load={(file) => load(0, file)}
        setTheme={(next) => setKept({ ...kept, theme: next })}
        setTwoPanes={(on) =>
          setKept({
            ...kept,
            views: on ? [...views, { key: views[0]?.key === 'lin' ? 'wang' : 'lin', locale }] : views.slice(0, 1),
          })
        }
        setInspecting={setInspecting}
        setTouring={(on) => {
          setTouring(on);
          setKept({ ...kept, toured: true });
        }}
      />
      {touring && (
        <Tour
          live={live}
          locale={locale}
          acted={acted}
          show={(view) => change(0, view)}
          prepare={(what) => setPrepared({ pane: 0, what })}
          end={() => setTouring(false)}
        />
      )}
      <main class={views.length > 1 ? 'panes two' : 'panes'}>
        {views.map((view, index) => (
          <Pane
            key={index}
            live={live}
            view={view}
            read={read}
            label={t(index === 0 ? 'pane_first' : 'pane_second')}
            active={index === Math.min(active, views.length - 1)}
            onUsed={() => setActive(index)}
            change={(next) => change(index, next)}
            load={(file) => load(index, file)}
            onRead={onRead}
            prepared={index === prepared?.pane ? prepared.what : undefined}
            onPrepared={() => setPrepared(undefined)}
            onActed={onActed}
          />
        ))}
      </main>
      {inspecting && <Inspector live={live} locale={locale} />}
    </div>
  );
}
