// Shows files: pictures as such, text by its first lines, anything else by name and size.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { fileAddress } from './api.ts';
import { Pre } from './pre.tsx';
import { useScene } from './scene.ts';

const previewed = /\.(?:csv|txt|json|log|md)$/i;
const previewLines = 6;
const previewLetters = 1500;

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export function Picture({
  url,
  alt,
  small = false,
}: {
  readonly url: string;
  readonly alt: string;
  readonly small?: boolean;
}): JSX.Element {
  const address = fileAddress(url);
  // A picture from elsewhere is never fetched: this page makes no requests to others.
  if (!address) return <span class="hint">{alt || url}</span>;
  return <img class={small ? 'thumbnail' : 'picture'} src={address} alt={alt} loading="lazy" />;
}

export function FileBox({
  url,
  name,
  size,
}: {
  readonly url: string;
  readonly name: string;
  readonly size: number;
}): JSX.Element {
  const { t } = useScene();
  const address = fileAddress(url);
  const [start, setStart] = useState<string | undefined>();
  useEffect(() => {
    if (!address || !previewed.test(name)) return;
    let gone = false;
    fetch(address)
      .then((response) => (response.ok ? response.text() : ''))
      .then((text) => {
        if (!gone && text) setStart(text.slice(0, previewLetters).split('\n').slice(0, previewLines).join('\n'));
      })
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [address, name]);
  return (
    <div class="file">
      {start && <Pre kind="preview">{start}</Pre>}
      <div class="file-line">
        <span class="file-icon" aria-hidden="true" />
        <span>
          {address ? (
            <a href={address} download={name} aria-label={t('download', { name })}>
              {name}
            </a>
          ) : (
            name
          )}
          <small>{sizeText(size)}</small>
        </span>
      </div>
    </div>
  );
}
