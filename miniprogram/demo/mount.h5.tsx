import { createRoot } from 'react-dom/client';
import { controlOfThisPlace } from './demo';
import { DemoBar } from './demo-bar';
import './demo.scss';

/** The demo lives outside the app, in a root of its own above it: no page knows of it. */
export function mountDemo(): void {
  const control = controlOfThisPlace();
  if (!control) return;
  const place = document.createElement('aside');
  place.id = 'demo';
  document.body.prepend(place);
  createRoot(place).render(<DemoBar control={control} />);
}
