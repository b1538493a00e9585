import { usePageNotFound } from '@tarojs/taro';
import type { ReactNode } from 'react';
import { mountDemo } from './demo/mount';
import { goHome } from './services/navigation';
import './app.scss';

mountDemo();

export default function App({ children }: { children?: ReactNode }) {
  // An old message or poster may lead to a page that is no more.
  usePageNotFound(goHome);
  return children;
}
