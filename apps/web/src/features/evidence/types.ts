import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/router.ts';

type Outputs = inferRouterOutputs<AppRouter>;
type Inputs = inferRouterInputs<AppRouter>;

export type Segment = Outputs['evidence']['day']['segments'][number];
export type CalendarDay = Outputs['evidence']['calendar']['days'][number];
export type Verification = Outputs['evidence']['verifySegment'];
export type Folder = Inputs['evidence']['verifySegment'];
export type Seal = Outputs['evidence']['sealOfRecord'];
