import { useDidHide, useDidShow } from '@tarojs/taro';
import { useState } from 'react';

/** False while another page covers this one or the app is in the background. */
export function useShown(): boolean {
  const [shown, setShown] = useState(true);
  useDidShow(() => setShown(true));
  useDidHide(() => setShown(false));
  return shown;
}
