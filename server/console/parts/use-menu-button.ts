import { useRef } from 'react';

/**
 * For a button that opens a menu: the menu takes the focus, and gives it back when it closes, so that a keyboard goes on
 * where it was. Who clicks elsewhere has the focus there.
 */
export function useMenuButton() {
  const button = useRef<HTMLButtonElement>(null);
  const onOpenChange = (isOpen: boolean) => {
    if (isOpen || !document.activeElement?.closest('[role=menu]')) return;
    // Not yet: the Enter that has chosen would press the button too, and open the menu again.
    requestAnimationFrame(() => button.current?.focus());
  };
  // A menu that was only hidden is not there yet when it is to take the focus a second time.
  return { button, menu: { autoFocus: true, destroyOnHidden: true, onOpenChange } };
}
