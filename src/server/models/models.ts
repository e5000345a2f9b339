/**
 * The model that categorises, in this process: the one answer to "which model?" for pages, imports and trainings. The one that
 * was loaded last goes on serving until another is loaded and checked.
 */
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { CategoryKey } from '#lib/categories.ts';
import { baseModel } from '#lib/models.ts';
import { basePath } from '#models/load.ts';
import type { Model } from '#models/predict.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import type { Log } from '../log.ts';
import { modelFile, readVersionFile, trialFile, writeVersion } from './files.ts';
import { modelInUse } from './in-use.ts';
import { modelOf } from './read.ts';

/** A model that is loaded. Its `bytes` are those of its file, in memory that threads share. */
export type LoadedModel = { id: string; bytes: Uint8Array; model: Model<CategoryKey> };

export type Models = {
	/** The model in use. When its file is broken: the last one that was in use and is whole, at worst the base model. */
	active(): Promise<LoadedModel>;
	/** A version, whole and checked. Errors: NOT_FOUND, INVALID (`model_broken`). */
	load(id: string): Promise<LoadedModel>;
	/** Puts a version that has been loaded in use here, without looking at what had gone wrong with it before. */
	serve(loaded: LoadedModel): void;
	/** The trial of a version, as {@link trialFile} has it; null for the base model. Errors as of `load`. */
	trial(id: string): Promise<Uint8Array | null>;
	/** Which model serves, and which versions' files this process has found broken. */
	state(): Promise<{ servingId: string; broken: ReadonlySet<string> }>;
};

type Deps = { config: Config; db: Db; log: Log };

export function makeModels(deps: Deps): Models {
	const { db, log } = deps;
	const broken = new Set<string>();
	const loading = new Map<string, Promise<LoadedModel>>();
	let serving: LoadedModel | undefined;

	/** Loads it, and remembers whether it is whole. */
	const look = async (id: string): Promise<LoadedModel> => {
		try {
			const loaded = await loadVersion(deps, id);
			broken.delete(id);
			return loaded;
		} catch (error) {
			if (error instanceof DomainError && error.reason === 'model_broken') broken.add(id);
			throw error;
		}
	};

	const load = (id: string): Promise<LoadedModel> => {
		if (serving?.id === id) return Promise.resolve(serving);
		const begun = loading.get(id) ?? look(id).finally(() => loading.delete(id));
		loading.set(id, begun);
		return begun;
	};

	/** Null, said loudly, when it cannot be used; it is not tried again before somebody puts it in use again. */
	const tried = async (id: string): Promise<LoadedModel | null> => {
		try {
			return await load(id);
		} catch (error) {
			if (!(error instanceof DomainError)) throw error;
			log.error({ versionId: id }, 'a model that is in use is broken or gone');
			broken.add(id);
			return null;
		}
	};

	const active = async (): Promise<LoadedModel> => {
		const { id, before } = await modelInUse(db);
		for (const one of [id, ...before]) {
			if (broken.has(one)) continue;
			const loaded = await tried(one);
			if (!loaded) continue;
			if (one !== id && serving?.id !== one)
				log.error({ versionId: id, serving: one }, 'an earlier model serves');
			return (serving = loaded);
		}
		if (serving?.id !== baseModel) log.error({ versionId: id }, 'the model that comes with Quits serves');
		return (serving = await load(baseModel));
	};

	return {
		active,
		load,
		serve: (loaded) => {
			broken.delete(loaded.id);
			serving = loaded;
		},
		trial: (id) => trialOf(deps, id),
		state: async () => ({ servingId: (await active()).id, broken })
	};
}

async function loadVersion(deps: Deps, id: string): Promise<LoadedModel> {
	const file = id === baseModel ? await readFile(basePath()) : await versionFile(deps, id, modelFile);
	const bytes = new Uint8Array(new SharedArrayBuffer(file.length));
	bytes.set(file);
	const model = modelOf(bytes);
	if (!model) throw modelBroken();
	return { id, bytes, model };
}

async function trialOf(deps: Deps, id: string): Promise<Uint8Array | null> {
	return id === baseModel ? null : versionFile(deps, id, trialFile);
}

/**
 * A file of a version that is ready. Where it is missing (this is another machine than the one that trained it, or a backup
 * was restored) it is written anew from the database. One that is there and is not what was written is not used.
 */
async function versionFile({ config, db, log }: Deps, id: string, name: string): Promise<Buffer> {
	const version = await db.modelVersion.findFirst({
		where: { id, status: 'ready' },
		select: { checksums: true }
	});
	if (!version) throw notFound();
	const checksum = (version.checksums as Record<string, string>)[name];
	let bytes = await readVersionFile(config, id, name);
	if (!bytes) {
		const stored = await db.modelFile.findMany({ where: { versionId: id } });
		const entries = stored.map(async (file) => [file.name, await unzipped(file.bytes)] as const);
		const files = Object.fromEntries(await Promise.all(entries));
		bytes = files[name] ?? null;
		if (!bytes) throw modelBroken();
		// Without room for it this process goes on with what it has in memory.
		await writeVersion(config, id, files).catch((err: unknown) =>
			log.warn({ err, versionId: id }, 'a model could not be written to DATA_DIR')
		);
	}
	if (hash('sha256', bytes, 'hex') !== checksum) throw modelBroken();
	return bytes;
}

const unzipped = (bytes: Uint8Array): Promise<Buffer> => promisify(gunzip)(bytes);

const modelBroken = (): DomainError => new DomainError('INVALID', 'model_broken');
