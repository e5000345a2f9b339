/**
 * What the client knows of the server: types only. The package has none of the sources these come from, so
 * scripts/build-client.ts writes each of them out in full.
 */
import type { ErrorData as AnyErrorData } from '#lib/errors.ts';
import type { ClientEvents as AskedEvents, ServerEvents } from '#lib/realtime/events.ts';
import type { Mapping as StatementMapping } from '#lib/statement/types.ts';
import type { Inputs as AllInputs, Outputs as AllOutputs } from '#lib/trpc.ts';
import type { AppRouter } from '#server/trpc/router.ts';

type KindsOf<Routes> = {
	[Name in keyof Routes]: Routes[Name] extends { _def: { procedure: true; type: infer Kind } }
		? Kind
		: KindsOf<Routes[Name]>;
};

/** Every procedure, and whether it asks or changes. */
export type Kinds = KindsOf<AppRouter['_def']['record']>;

/** What each procedure takes. */
export type Inputs = AllInputs;

/** What each procedure answers. */
export type Outputs = AllOutputs;

/** Live events, and what each carries. */
export type Events = ServerEvents;

/** What a client may say on the live connection. */
export type ClientEvents = AskedEvents;

/** How a statement is read, where its content leaves that open. */
export type Mapping = StatementMapping;

/** What an error says of itself beside its message. */
export type ErrorData = AnyErrorData;
