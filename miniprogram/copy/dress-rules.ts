/** The notice's rules for the portrait, one a pictogram. */
export const dressRules = [
  { icon: 'posture', allowed: true, words: '坐正，双肩齐平' },
  { icon: 'lips', allowed: true, words: '嘴唇自然闭合' },
  { icon: 'hair', allowed: true, words: '露出眉、眼、耳' },
  { icon: 'collar', allowed: true, words: '正装、有领衬衫' },
  { icon: 'jewellery', allowed: false, words: '耳环、项链' },
  { icon: 'tinted', allowed: false, words: '有色眼镜、美瞳' },
  { icon: 'glare', allowed: false, words: '镜片反光' },
  { icon: 'lightblue', allowed: false, words: '浅蓝色衣服' },
  { icon: 'pattern', allowed: false, words: '条纹、复杂图案' },
  { icon: 'turtleneck', allowed: false, words: '高领、毛领' },
] as const;
