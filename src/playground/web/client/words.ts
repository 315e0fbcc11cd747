// The page's own words, in both languages.
import en from '../../../../data/locales/en-US/playground.json';
import zh from '../../../../data/locales/zh-CN/playground.json';

export type Locale = 'zh-CN' | 'en-US';
export type Word = keyof typeof en.web;
export type Words = (key: Word, data?: Readonly<Record<string, string | number>>) => string;

const texts: Readonly<Record<Locale, Readonly<Record<Word, string>>>> = { 'zh-CN': zh.web, 'en-US': en.web };

export function wordsIn(locale: Locale): Words {
  return (key, data = {}) => texts[locale][key].replaceAll(/\{\{(\w+)\}\}/g, (_, name) => String(data[name] ?? ''));
}
