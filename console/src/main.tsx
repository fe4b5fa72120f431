import '@/theme/theme.css';
import '@/i18n/i18n';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from '@/api/query-client';
import { followSessionEnd } from '@/api/session-end';
import { followSystemTheme } from '@/theme/theme';
import { preloadScreens } from './preload';
import { createConsoleRouter } from './router';

const router = createConsoleRouter();

followSystemTheme();
followSessionEnd(router, queryClient);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);

preloadScreens(router);
