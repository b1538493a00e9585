/**
 * How to come to the shot, item by item, in short words; `key` names the pictogram. The rules are those of the notice and
 * of the portrait standard (glasses, hair, collar, colours that vanish in the blue background).
 */
export interface PhotoRule {
  key: string;
  text: string;
}

export const PHOTO_RULES: Readonly<Record<'posture' | 'wear' | 'avoid', readonly PhotoRule[]>> = {
  posture: [
    { key: 'sit_straight', text: '坐正，不歪头' },
    { key: 'level_shoulders', text: '双肩放平' },
    { key: 'closed_lips', text: '闭口，表情自然' },
    { key: 'clear_face', text: '露出眉、眼、耳' },
  ],
  wear: [
    { key: 'formal_suit', text: '正装最合适' },
    { key: 'collared_shirt', text: '衬衫要有领' },
    { key: 'tidy_clothes', text: '干净、平整' },
    { key: 'plain_glasses', text: '眼镜可戴，不反光' },
  ],
  avoid: [
    { key: 'no_earrings', text: '耳环' },
    { key: 'no_necklace', text: '项链等首饰' },
    { key: 'no_tinted_glasses', text: '有色眼镜' },
    { key: 'no_coloured_contacts', text: '彩色隐形眼镜' },
    { key: 'no_hair_over_face', text: '头发遮脸' },
    { key: 'no_light_blue', text: '浅蓝色上衣' },
    { key: 'no_stripes', text: '条纹' },
    { key: 'no_busy_pattern', text: '花纹复杂的衣服' },
    { key: 'no_high_collar', text: '高领' },
    { key: 'no_fur_collar', text: '毛领' },
  ],
};
