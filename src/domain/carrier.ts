// Carriers: one canonical id each, the names and codes people and files use for it, and what its waybills look like.

export interface Carrier {
  readonly id: string;
  /** The full Chinese name as Pinduoduo's files print it (圆通速递, never 圆通). */
  readonly nameZh: string;
  readonly nameEn: string;
  /** What else files and people call it; compared without case, spaces and a trailing 快递/速递/速运/物流/express. */
  readonly aliases: readonly string[];
  /** The code of the 快递鸟 (KDNiao) interface. */
  readonly kdniao?: string;
  /** The code of the 快递100 (Kuaidi100) interface. */
  readonly kuaidi100?: string;
  /** Usual waybills. Published patterns disagree with each other, so they only ever warn. */
  readonly waybills: readonly RegExp[];
}

/** At most 25, which is what a form can offer; `other` is for all that are not here. */
export const CARRIERS: readonly Carrier[] = [
  {
    id: 'sf',
    nameZh: '顺丰速运',
    nameEn: 'SF Express',
    aliases: ['顺丰', 'SFEXPRESS'],
    kdniao: 'SF',
    kuaidi100: 'shunfeng',
    waybills: [/^SF\d{13}$/, /^\d{12}$/, /^\d{15}$/],
  },
  {
    id: 'zto',
    nameZh: '中通快递',
    nameEn: 'ZTO Express',
    aliases: ['中通'],
    kdniao: 'ZTO',
    kuaidi100: 'zhongtong',
    waybills: [/^\d{14}$/, /^\d{12}$/],
  },
  {
    id: 'yto',
    nameZh: '圆通速递',
    nameEn: 'YTO Express',
    aliases: ['圆通'],
    kdniao: 'YTO',
    kuaidi100: 'yuantong',
    waybills: [/^[A-Z0-9]{2}\d{10,13}$/],
  },
  {
    id: 'yunda',
    nameZh: '韵达快递',
    nameEn: 'Yunda Express',
    aliases: ['韵达'],
    kdniao: 'YD',
    kuaidi100: 'yunda',
    waybills: [/^YD\d{13}$/, /^\d{13}$/, /^\d{15}$/],
  },
  {
    id: 'sto',
    nameZh: '申通快递',
    nameEn: 'STO Express',
    aliases: ['申通'],
    kdniao: 'STO',
    kuaidi100: 'shentong',
    waybills: [/^ST\d{13}$/, /^77\d{11}(\d\d)?$/, /^[2345689]68\d{9,13}$/],
  },
  {
    id: 'jt',
    nameZh: '极兔速递',
    nameEn: 'J&T Express',
    aliases: ['极兔', 'J&T', 'JT', 'jtexpress'],
    kuaidi100: 'jtexpress',
    waybills: [/^JT\d{12,13}$/],
  },
  {
    id: 'ems',
    nameZh: 'EMS',
    nameEn: 'EMS',
    aliases: ['邮政EMS', '邮政特快专递', '中国邮政EMS'],
    kdniao: 'EMS',
    kuaidi100: 'ems',
    waybills: [/^[A-Z]{2}\d{9}[A-Z]{2}$/, /^1[012]\d{11}$/],
  },
  {
    id: 'china_post',
    nameZh: '邮政快递包裹',
    nameEn: 'China Post parcel',
    aliases: ['邮政', '中国邮政', '邮政包裹', '邮政小包', 'China Post'],
    kdniao: 'YZPY',
    kuaidi100: 'youzhengguonei',
    waybills: [/^\d{13}$/, /^[A-Z]{2}\d{9}[A-Z]{2}$/],
  },
  {
    id: 'china_post_standard',
    nameZh: '邮政标准快递',
    nameEn: 'China Post standard',
    aliases: ['邮政标快'],
    kuaidi100: 'youzhengbk',
    waybills: [/^\d{13}$/, /^[A-Z]{2}\d{9}[A-Z]{2}$/],
  },
  {
    id: 'jd',
    nameZh: '京东快递',
    nameEn: 'JD Logistics',
    aliases: ['京东', '京东配送', 'JD Express'],
    kdniao: 'JD',
    kuaidi100: 'jd',
    waybills: [/^JD[A-Z\d]{2}\d{11,13}$/],
  },
  {
    id: 'deppon',
    nameZh: '德邦快递',
    nameEn: 'Deppon Express',
    aliases: ['德邦', '德邦物流', 'debangwuliu'],
    kdniao: 'DBL',
    kuaidi100: 'debangkuaidi',
    waybills: [/^DPK?\d{11,13}[-\d]{0,8}$/, /^\d{8,10}$/],
  },
  {
    id: 'best',
    nameZh: '百世快递',
    nameEn: 'Best Express',
    aliases: ['百世', '百世汇通', '汇通'],
    kdniao: 'HTKY',
    kuaidi100: 'huitongkuaidi',
    waybills: [],
  },
  {
    id: 'ttk',
    nameZh: '天天快递',
    nameEn: 'TTK Express',
    aliases: ['天天'],
    kdniao: 'HHTT',
    kuaidi100: 'tiantian',
    waybills: [],
  },
  {
    id: 'uc',
    nameZh: '优速快递',
    nameEn: 'UC Express',
    aliases: ['优速'],
    kdniao: 'UC',
    kuaidi100: 'youshuwuliu',
    waybills: [],
  },
  {
    id: 'zjs',
    nameZh: '宅急送',
    nameEn: 'ZJS Express',
    aliases: [],
    kdniao: 'ZJS',
    kuaidi100: 'zhaijisong',
    waybills: [],
  },
  {
    id: 'danniao',
    nameZh: '丹鸟',
    nameEn: 'Cainiao (Danniao)',
    aliases: ['菜鸟', '菜鸟速递', 'Cainiao'],
    kuaidi100: 'danniao',
    waybills: [],
  },
  {
    id: 'ane',
    nameZh: '安能物流',
    nameEn: 'ANE Logistics',
    aliases: ['安能'],
    kdniao: 'ANE',
    kuaidi100: 'annengwuliu',
    waybills: [],
  },
  { id: 'usps', nameZh: '美国邮政', nameEn: 'USPS', aliases: ['United States Postal Service'], waybills: [] },
  { id: 'ups', nameZh: 'UPS', nameEn: 'UPS', aliases: ['United Parcel Service'], waybills: [] },
  { id: 'fedex', nameZh: '联邦快递', nameEn: 'FedEx', aliases: ['Federal Express'], waybills: [] },
  { id: 'dhl', nameZh: 'DHL', nameEn: 'DHL', aliases: ['DHL eCommerce'], waybills: [] },
  { id: 'royal_mail', nameZh: '英国皇家邮政', nameEn: 'Royal Mail', aliases: ['英国邮政'], waybills: [] },
  { id: 'japan_post', nameZh: '日本邮政', nameEn: 'Japan Post', aliases: ['日本郵便'], waybills: [] },
  {
    id: 'other',
    nameZh: '其他快递',
    nameEn: 'Other carrier',
    aliases: ['其它', 'Other', 'Other express'],
    waybills: [],
  },
];

/** Longer texts are no carrier's name, and are not looked at. */
const MAX_NAME_CHARS = 60;

/** Cut so that 圆通, 圆通速递 and 圆通快递 are one name. */
function nameKey(text: string): string {
  const bare = text.normalize('NFKC').toLowerCase().replace(/\s/g, '');
  const cut = bare.replace(/(?:快递|速递|速运|物流|express)$/, '');
  return cut === '' ? bare : cut;
}

const byName: ReadonlyMap<string, Carrier> = new Map(
  CARRIERS.flatMap((carrier) => {
    const { id, nameZh, nameEn, aliases, kdniao, kuaidi100 } = carrier;
    const names = [id, nameZh, nameEn, ...aliases, kdniao, kuaidi100].filter((name) => name !== undefined);
    return names.map((name): [string, Carrier] => [nameKey(name), carrier]);
  }),
);

/** The carrier meant by an id, a Chinese or English name, an alias or a code of 快递鸟 / 快递100; none for anything else. */
export function findCarrier(text: string): Carrier | undefined {
  return text.length > MAX_NAME_CHARS ? undefined : byName.get(nameKey(text));
}

/**
 * A tracking number as it is kept: capitals, without the spaces and invisible characters that copying brings along.
 * Refused (undefined): anything but 4 to 40 letters, digits and hyphens, with at least one digit.
 */
export function normaliseTracking(text: string): string | undefined {
  if (text.length > 200) return undefined;
  const bare = isTracking(text) ? text : bareTracking(text);
  return isTracking(bare) ? bare : undefined;
}

function bareTracking(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .toUpperCase();
}

function isTracking(text: string): boolean {
  return /^(?=.*\d)[A-Z0-9-]{4,40}$/.test(text);
}

/** Said beside a tracking number that does not look like its carrier's. Never a refusal: the patterns are not official. */
export interface TrackingWarning {
  readonly code: 'tracking_unusual';
  readonly carrier: string;
}

/** Compares a normalised tracking number with its carrier's usual waybills; silent where none are known. */
export function trackingWarning(carrier: Carrier, tracking: string): TrackingWarning | undefined {
  if (carrier.waybills.length === 0 || carrier.waybills.some((pattern) => pattern.test(tracking))) return undefined;
  return { code: 'tracking_unusual', carrier: carrier.id };
}
