import { z } from 'zod';
import { jsonOf } from '../http/body';
import { type CardPicture, readCard } from '../people/card-reader';
import { TencentError } from './errors';

const MOST_BYTES = 7 * 1024 * 1024;

const request = z.object({
  ImageBase64: z.string().optional(),
  ImageUrl: z.string().optional(),
  CardSide: z.enum(['FRONT', 'BACK']).optional(),
  Config: z.string().optional(),
});

/** WarnInfos codes, each reported only when its switch in Config is on. */
const WARNINGS = [
  { code: -9102, wanted: 'CopyWarn', isDue: (picture: CardPicture) => picture.colourless },
  { code: -9107, wanted: 'ReflectWarn', isDue: (picture: CardPicture) => picture.glare },
] as const;

/** `IDCardOCR`: reads the picture itself; nothing is looked up. */
export async function readIdCard(rawBody: Buffer): Promise<Record<string, string>> {
  const parsed = request.safeParse(jsonOf(rawBody));
  if (!parsed.success)
    throw new TencentError('InvalidParameter', `${parsed.error.issues[0]?.path.join('.')}`);
  const { ImageBase64: image, ImageUrl: url, CardSide: side, Config } = parsed.data;
  if (url !== undefined) throw new TencentError('FailedOperation.DownLoadError', '文件下载失败');
  if (!image) throw new TencentError('MissingParameter', 'ImageBase64和ImageUrl必须提供一个');
  if (image.length > MOST_BYTES) throw new TencentError('LimitExceeded.TooLargeFileError', '文件内容太大');
  const switches = switchesOf(Config);
  const picture = await readCard(Buffer.from(image, 'base64'));
  if (!picture) throw new TencentError('FailedOperation.ImageDecodeFailed', '图片解码失败');
  if (!picture.card && picture.blurred) throw new TencentError('FailedOperation.ImageBlur', '图片模糊');
  const { card } = picture;
  if (!card || (side !== undefined && side !== (card.side === 'front' ? 'FRONT' : 'BACK'))) {
    throw new TencentError('FailedOperation.ImageNoIdCard', '图片中未检测到身份证');
  }
  const warnings = WARNINGS.filter(({ wanted, isDue }) => switches[wanted] === true && isDue(picture));
  return {
    ...fieldsOf(card),
    AdvancedInfo: JSON.stringify(
      warnings.length === 0 ? {} : { WarnInfos: warnings.map(({ code }) => code) },
    ),
    ReflectDetailInfos: '[]',
  };
}

function switchesOf(config: string | undefined): Record<string, unknown> {
  if (config === undefined || config === '') return {};
  const parsed = jsonOf(Buffer.from(config));
  if (parsed === null || typeof parsed !== 'object') {
    throw new TencentError('InvalidParameterValue.InvalidParameterValueLimit', 'Config不是JSON');
  }
  return { ...parsed };
}

function fieldsOf(card: NonNullable<CardPicture['card']>): Record<string, string> {
  const empty = {
    Name: '',
    Sex: '',
    Nation: '',
    Birth: '',
    Address: '',
    IdNum: '',
    Authority: '',
    ValidDate: '',
  };
  if (card.side === 'back') return { ...empty, Authority: card.authority, ValidDate: card.validity };
  const [year = '', month = '', day = ''] = card.birth.split('-');
  return {
    ...empty,
    Name: card.name,
    Sex: card.sex,
    Nation: card.nation,
    Birth: `${year}/${Number(month)}/${Number(day)}`,
    Address: card.address,
    IdNum: card.idNumber,
  };
}
