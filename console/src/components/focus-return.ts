import { useState } from 'react';

/**
 * For what opens without a trigger of its own, because the address or a state says so: when it closes, the focus goes back
 * to where it was. The library gives it back to triggers only.
 */
export function useFocusReturn(): (event: Event) => void {
  const [opener] = useState(() => document.activeElement);
  return (event) => {
    event.preventDefault();
    if (opener instanceof HTMLElement) opener.focus();
  };
}
