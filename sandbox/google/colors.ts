const dark = '#1d1d1d';

/** The palettes of `colors.get`: the keys are what events and calendars refer to. */
export const eventColors: Record<string, { background: string; foreground: string }> = {
  '1': { background: '#a4bdfc', foreground: dark },
  '2': { background: '#7ae7bf', foreground: dark },
  '3': { background: '#dbadff', foreground: dark },
  '4': { background: '#ff887c', foreground: dark },
  '5': { background: '#fbd75b', foreground: dark },
  '6': { background: '#ffb878', foreground: dark },
  '7': { background: '#46d6db', foreground: dark },
  '8': { background: '#e1e1e1', foreground: dark },
  '9': { background: '#5484ed', foreground: dark },
  '10': { background: '#51b749', foreground: dark },
  '11': { background: '#dc2127', foreground: dark },
};

export const calendarColors: Record<string, { background: string; foreground: string }> = {
  '1': { background: '#ac725e', foreground: dark },
  '2': { background: '#d06b64', foreground: dark },
  '6': { background: '#ffad46', foreground: dark },
  '8': { background: '#16a765', foreground: dark },
  '14': { background: '#9fe1e7', foreground: dark },
  '15': { background: '#9fc6e7', foreground: dark },
  '16': { background: '#4986e7', foreground: dark },
  '17': { background: '#9a9cff', foreground: dark },
};
