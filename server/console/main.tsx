import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Console } from './console';
import { watchPresence } from './session/watch-presence';
import './styles.css';

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no #root');
watchPresence();
createRoot(place).render(
  <StrictMode>
    <Console />
  </StrictMode>,
);
