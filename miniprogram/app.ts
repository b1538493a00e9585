import type { ReactNode } from 'react';
import { mountDemo } from './demo/mount';
import './app.scss';

mountDemo();

export default function App({ children }: { children?: ReactNode }) {
  return children;
}
