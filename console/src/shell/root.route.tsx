import { createRootRoute } from '@tanstack/react-router';
import { NotFound, RouteProblem } from './route-problem';

export const rootRoute = createRootRoute({ notFoundComponent: NotFound, errorComponent: RouteProblem });
