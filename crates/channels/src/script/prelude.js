// What scripts see, made of the functions of `host`. Each of those answers with a text that begins with "=" before a value,
// or with "!" before what is wrong.
(function (host) {
    "use strict";
    const text = (answer) => {
        if (answer[0] === "!") throw new Error(answer.slice(1));
        return answer.slice(1);
    };
    const json = (answer) => {
        const written = text(answer);
        return written === "" ? undefined : JSON.parse(written);
    };
    const number = (index) => Number(index) + 1;
    const isIndex = (key) => /^\d+$/.test(key);
    const document_of = new WeakMap();

    // Functions that walk an array without looking up would never come back from one of a billion holes.
    const LONGEST = 1000000;
    for (const name of Object.getOwnPropertyNames(Array.prototype)) {
        const original = Array.prototype[name];
        if (typeof original !== "function" || name === "constructor" || name === "push" || name === "pop") continue;
        Object.defineProperty(Array.prototype, name, {
            configurable: true,
            writable: true,
            value: function (...given) {
                if (this !== null && this !== undefined && this.length > LONGEST) {
                    throw new RangeError(`an array of more than ${LONGEST} elements is too long for ${name}`);
                }
                return original.apply(this, given);
            },
        });
    }

    // A value of a message: text that is written to, too.
    function node(document, read, members) {
        const known = {
            toString: read,
            valueOf: read,
            toJSON: read,
            [Symbol.toPrimitive]: read,
        };
        const proxy = new Proxy(function () {}, {
            get(_, key) {
                if (Object.hasOwn(known, key)) return known[key];
                const member = members.get(key);
                if (member !== undefined) return member;
                const own = typeof key === "string" ? String.prototype[key] : undefined;
                return typeof own === "function" ? (...given) => own.apply(read(), given) : undefined;
            },
            set(_, key, value) {
                members.set(key, value);
                return true;
            },
            has: (_, key) => members.get(key) !== undefined,
            deleteProperty(_, key) {
                members.remove(key);
                return true;
            },
        });
        document_of.set(proxy, document);
        return proxy;
    }
    const cannot = (what) => {
        throw new TypeError(what);
    };
    // As in E4X, `length()` is called; without the brackets it still counts in comparisons.
    const counted = (count) => {
        const length = () => count();
        return Object.defineProperty(length, "valueOf", { value: count });
    };
    // The number at the end of `PID.5` or `PID.5.1`, if the key is such a place.
    const place = (key, depth) => {
        if (typeof key !== "string") return undefined;
        const parts = key.split(".");
        return parts.length === depth && /^\d+$/.test(parts[depth - 1]) ? parts[depth - 1] : undefined;
    };
    const written = (value) => (value === null || value === undefined ? "" : String(value));

    function component(document, path) {
        const read = () => text(host.get(document, path));
        return node(document, read, {
            get: (key) => {
                const sub = place(key, 4);
                return sub === undefined ? undefined : component(document, `${path}.${sub}`);
            },
            set: (key, value) => {
                const sub = place(key, 4);
                if (sub === undefined) cannot(`a component has no ${String(key)}; write such as 'PID.5.1.1'`);
                text(host.set(document, `${path}.${sub}`, written(value)));
            },
            remove: (key) => cannot(`${String(key)} cannot be removed; set it to ''`),
        });
    }
    function field(document, base, repetition) {
        const path = repetition === undefined ? base : `${base}[${repetition}]`;
        const read = () => text(host.get(document, path));
        const count = () => Number(text(host.repetitions(document, base)));
        return node(document, read, {
            get: (key) => {
                if (key === "length") return counted(count);
                if (key === Symbol.iterator) {
                    return function* () {
                        for (let at = 1; at <= count(); at++) yield field(document, base, at);
                    };
                }
                if (typeof key === "string" && isIndex(key)) return field(document, base, number(key));
                const at = place(key, 3);
                return at === undefined ? undefined : component(document, `${path}.${at}`);
            },
            set: (key, value) => {
                if (typeof key === "string" && isIndex(key)) {
                    text(host.set(document, `${base}[${number(key)}]`, written(value)));
                    return;
                }
                const at = place(key, 3);
                if (at === undefined) cannot(`a field has no ${String(key)}; write such as 'PID.5.1'`);
                text(host.set(document, `${path}.${at}`, written(value)));
            },
            remove: (key) => cannot(`${String(key)} cannot be removed; set it to ''`),
        });
    }
    function segment(document, name, occurrence) {
        const at = `${name}(${occurrence})`;
        const read = () => text(host.get(document, at));
        return node(document, read, {
            get: (key) => {
                const number = place(key, 2);
                return number === undefined ? undefined : field(document, `${at}-${number}`);
            },
            set: (key, value) => {
                const number = place(key, 2);
                if (number === undefined) cannot(`a segment has no ${String(key)}; write such as '${name}.5'`);
                text(host.set(document, `${at}-${number}`, written(value)));
            },
            remove: (key) => cannot(`${String(key)} cannot be removed; set it to ''`),
        });
    }
    function segments(document, name) {
        const first = segment(document, name, 1);
        const count = () => Number(text(host.count(document, name)));
        return node(document, () => first.toString(), {
            get: (key) => {
                if (key === "length") return counted(count);
                if (key === Symbol.iterator) {
                    return function* () {
                        for (let at = 1; at <= count(); at++) yield segment(document, name, at);
                    };
                }
                if (typeof key === "string" && isIndex(key)) return segment(document, name, number(key));
                return place(key, 2) === undefined ? undefined : first[key];
            },
            set: (key, value) => {
                first[key] = value;
            },
            remove: (key) => {
                if (!isIndex(key)) cannot(`${String(key)} cannot be removed`);
                text(host.remove(document, name, number(key)));
            },
        });
    }
    function message(document) {
        const read = () => text(host.text(document));
        const functions = {
            get: (path) => text(host.get(document, written(path))),
            set: (path, value) => text(host.set(document, written(path), written(value))),
            add: (line) => text(host.add(document, written(line))),
            names: () => json(host.names(document)),
        };
        return node(document, read, {
            get: (key) => {
                if (Object.hasOwn(functions, key)) return functions[key];
                return typeof key === "string" && /^[A-Z][A-Z0-9]{2}$/.test(key) ? segments(document, key) : undefined;
            },
            set: (key) => cannot(`write to a field: msg['${String(key)}']['${String(key)}.1'] = …`),
            remove: (key) => text(host.remove(document, String(key), 0)),
        });
    }

    const map = (which, writable) => {
        const functions = {
            get: (key) => json(host.map_get(which, String(key))),
            containsKey: (key) => text(host.map_get(which, String(key))) !== "",
        };
        if (writable) {
            functions.put = (key, value) => {
                const kept = value === undefined ? null : value;
                text(host.map_put(which, String(key), JSON.stringify(document_of.has(kept) ? kept.toString() : kept)));
                return value;
            };
            functions.remove = (key) => text(host.map_remove(which, String(key)));
        }
        return Object.freeze(functions);
    };
    const short = (of) => (key, ...value) => (value.length === 0 ? of.get(key) : of.put(key, value[0]));
    const sourceMap = map("source", false);
    const channelMap = map("channel", true);
    const connectorMap = map("connector", true);
    const log = (level) => (line) => {
        host.log(level, written(line));
    };
    const names = (given) => (Array.isArray(given) ? given : [given]).map(String);

    const known = {
        sourceMap,
        channelMap,
        connectorMap,
        $s: short(sourceMap),
        $c: short(channelMap),
        $co: short(connectorMap),
        $: (key) => json(host.map_get("any", String(key))),
        logger: Object.freeze({ info: log("info"), warn: log("warn"), error: log("error"), debug: log("debug") }),
        destinationSet: Object.freeze({
            remove: (given) => names(given).forEach((name) => text(host.destination(name, false))),
            removeAllExcept: (given) => {
                const kept = names(given);
                kept.forEach((name) => text(host.destination(name, true)));
                json(host.destinations()).filter((name) => !kept.includes(name)).forEach((name) => text(host.destination(name, false)));
            },
            removeAll: () => json(host.destinations()).forEach((name) => text(host.destination(name, false))),
        }),
        // A value, or what stands for it when it is empty, with texts in it replaced.
        validate: (value, otherwise, replacements) => {
            let valid = written(value);
            if (valid === "") valid = written(otherwise);
            for (const [from, to] of replacements ?? []) valid = valid.replaceAll(from, to);
            return valid;
        },
        lookup: (table, key, column) => json(host.lookup(String(table), written(key), column === undefined ? "target" : String(column))),
        v2ToFhir: (given) => {
            const document = given === undefined ? 0 : document_of.get(given);
            if (document !== undefined) return json(host.to_fhir(document, ""));
            return json(host.to_fhir(-1, written(given)));
        },
        fhirToV2: (resource, trigger) => {
            const given = typeof resource === "string" ? resource : JSON.stringify(resource);
            return text(host.from_fhir(given, written(trigger)));
        },
        createSegment: (name, given) => {
            const document = document_of.get(given) ?? 0;
            text(host.add(document, String(name)));
            return segment(document, String(name), Number(text(host.count(document, String(name)))));
        },
    };
    for (const [name, value] of Object.entries(known)) {
        Object.defineProperty(globalThis, name, { value, enumerable: true });
    }

    // Time and chance are given: the same message gives the same result.
    const RealDate = Date;
    let now_ms = 0;
    let state = 1;
    const GivenDate = function (...given) {
        if (!new.target) return new RealDate(now_ms).toString();
        return given.length === 0 ? new RealDate(now_ms) : new RealDate(...given);
    };
    GivenDate.prototype = RealDate.prototype;
    GivenDate.now = () => now_ms;
    GivenDate.parse = RealDate.parse;
    GivenDate.UTC = RealDate.UTC;
    RealDate.prototype.constructor = GivenDate;
    Object.defineProperty(globalThis, "Date", { value: GivenDate });
    Math.random = () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 4294967296;
    };
    for (const name of Object.getOwnPropertyNames(globalThis)) {
        const value = globalThis[name];
        if (typeof value !== "function" && typeof value !== "object") continue;
        if (value === null || value === globalThis) continue;
        Object.freeze(value);
        if (value.prototype) Object.freeze(value.prototype);
    }
    Object.preventExtensions(globalThis);

    const begin = (document) => {
        const kind = text(host.kind(document));
        if (kind === "hl7") return message(document);
        if (kind === "json") return json(host.text(document));
        return kind === "text" ? text(host.text(document)) : undefined;
    };
    const keep = (document, before, after) => {
        if (after === before && (typeof after !== "object" || after === null)) return;
        const from = typeof after === "function" ? document_of.get(after) : undefined;
        if (from !== undefined) {
            if (from !== document) text(host.copy(from, document));
        } else if (typeof after === "string") {
            text(host.keep(document, "text", after));
        } else {
            const written = after === undefined || after === null ? "" : JSON.stringify(after);
            text(host.keep(document, "json", written === undefined ? "" : written));
        }
    };
    return (script, time_ms, seed) => {
        now_ms = time_ms;
        state = seed >>> 0;
        const before = [begin(0), begin(1)];
        const call = { msg: before[0], tmp: before[1], message: text(host.raw()), result: undefined };
        script(call);
        keep(1, before[1], call.tmp);
        keep(0, before[0], call.msg);
        const result = call.result;
        if (typeof result === "boolean") return result ? "+" : "-";
        if (result === undefined || result === null) return "";
        return document_of.has(result) || typeof result === "string" ? "=" + String(result) : "?";
    };
});
