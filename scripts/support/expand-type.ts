/** Writes a type out in full, as TypeScript text that needs no other file. */
import ts from 'typescript';

/**
 * The text of a type made of plain data and of functions: names of aliases, helpers and libraries are gone. What cannot be written
 * out (a type within itself, `any`) becomes `unknown`, which asks whoever uses it to look first.
 */
export function expandType(checker: ts.TypeChecker, root: ts.Type): string {
	const write = (type: ts.Type, indent: string, within: readonly ts.Type[]): string => {
		const { flags } = type;
		if (flags & ts.TypeFlags.Any || within.includes(type)) return 'unknown';
		if (type.isUnion()) return writeUnion(type, indent, within);
		if (!(flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return checker.typeToString(type);
		const inside = [...within, type];
		if (checker.isTupleType(type)) return writeTuple(type as ts.TupleTypeReference, indent, inside);
		if (checker.isArrayType(type)) {
			const [item] = checker.getTypeArguments(type as ts.TypeReference);
			const text = write(item!, indent, inside);
			const isOne = !(item!.isUnion() && text.includes('|')) && item!.getCallSignatures().length === 0;
			return isOne ? `${text}[]` : `(${text})[]`;
		}
		const [signature] = type.getCallSignatures();
		return signature ? writeFunction(signature, indent, inside) : writeObject(type, indent, inside);
	};

	const writeUnion = ({ types }: ts.UnionType, indent: string, within: readonly ts.Type[]): string => {
		const parts = types.map((part) => write(part, indent, within));
		// TypeScript knows boolean as the union of its two values.
		const all = parts.includes('true') && parts.includes('false') ? [...parts, 'boolean'] : parts;
		const kept = all.filter((part) => !all.includes('boolean') || (part !== 'true' && part !== 'false'));
		const last = ['null', 'undefined'];
		const order = (part: string): number => last.indexOf(part) + 1;
		return [...new Set(kept)]
			.sort((a, b) => order(a) - order(b))
			.map((part) => (part.includes('=>') ? `(${part})` : part))
			.join(' | ');
	};

	const writeTuple = (type: ts.TupleTypeReference, indent: string, within: readonly ts.Type[]): string => {
		const items = checker.getTypeArguments(type).map((item, at) => {
			const kind = type.target.elementFlags[at] ?? ts.ElementFlags.Required;
			const text = `(${write(item, indent, within)})`;
			if (kind & ts.ElementFlags.Rest) return `...${text}[]`;
			return kind & ts.ElementFlags.Optional ? `${text}?` : text;
		});
		return `[${items.join(', ')}]`;
	};

	const writeFunction = (signature: ts.Signature, indent: string, within: readonly ts.Type[]): string => {
		const parameters = signature.getParameters().map((parameter) => {
			const optional = isOptional(parameter) ? '?' : '';
			return `${parameter.name}${optional}: ${write(checker.getTypeOfSymbol(parameter), indent, within)}`;
		});
		return `(${parameters.join(', ')}) => ${write(signature.getReturnType(), indent, within)}`;
	};

	const writeObject = (type: ts.Type, indent: string, within: readonly ts.Type[]): string => {
		const deeper = `${indent}\t`;
		const properties = checker.getPropertiesOfType(type).map((property) => {
			const name = /^[A-Za-z_$][\w$]*$/.test(property.name) ? property.name : JSON.stringify(property.name);
			const doc = ts.displayPartsToString(property.getDocumentationComment(checker)).replaceAll(/\s+/g, ' ');
			const text = `${name}${isOptional(property) ? '?' : ''}: ${write(checker.getTypeOfSymbol(property), deeper, within)};`;
			return doc ? `/** ${doc} */\n${deeper}${text}` : text;
		});
		const indexes = checker
			.getIndexInfosOfType(type)
			.map((index) => `[key: ${checker.typeToString(index.keyType)}]: ${write(index.type, deeper, within)};`);
		const lines = [...properties, ...indexes].map((line) => `\n${deeper}${line}`);
		return lines.length > 0 ? `{${lines.join('')}\n${indent}}` : '{}';
	};

	return write(root, '', []);
}

const isOptional = (symbol: ts.Symbol): boolean =>
	Boolean(symbol.flags & ts.SymbolFlags.Optional) ||
	Boolean(
		symbol.valueDeclaration &&
		ts.isParameter(symbol.valueDeclaration) &&
		symbol.valueDeclaration.questionToken
	);
