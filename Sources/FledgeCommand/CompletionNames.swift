import ArgumentParser
import Datasets
import Environments
import Experiments
import Foundation
import Simulation

/// What shells offer for arguments that are names.
enum CompletionNames {
    static let environment = CompletionKind.custom { _, _, _ in
        Environments.all.flatMap(\.names)
    }

    static let algorithm = CompletionKind.custom { _, _, _ in TrainingAlgorithm.all.map(\.id) }

    static let run = CompletionKind.custom { _, _, _ in RunFolder.names(in: "runs") }

    static let dataset = CompletionKind.custom { _, _, prefix in
        Dataset.sources().map(\.name) + files(prefix, endingIn: [".csv", ".tsv", ".csv.gz"])
    }

    /// Data sets of all kinds: folders too, which `files` offers anyhow.
    static let describable = CompletionKind.custom { _, _, prefix in
        Dataset.sources().map(\.name)
            + files(
                prefix,
                endingIn: [".csv", ".tsv", ".csv.gz", ".npy", ".npz", "idx3-ubyte", "idx3-ubyte.gz", ".idx", ".idx.gz"])
    }

    static let settingsFile = CompletionKind.file(extensions: ["yml", "yaml", "json"])

    /// Those of the environment that is typed already, or all.
    static let recipe = CompletionKind.custom { words, _, prefix in
        let typed = words.lazy.compactMap { try? Environments.named($0) }.first
        let names = (typed.map { [$0] } ?? Environments.all).flatMap { $0.recipes.map(\.key) }
        return Set(names).sorted() + files(prefix, endingIn: [".yml", ".yaml", ".json"])
    }

    /// The settings of the verb that is typed already, each with its equals sign.
    static let setting = CompletionKind.custom { words, _, _ in
        let algorithm =
            switch words.first(where: { ["train", "cluster", "encode", "fit"].contains($0) }) {
            case "cluster": AlgorithmNames.clustering
            case "encode": AlgorithmNames.encoding
            case "fit": AlgorithmNames.fitting
            default:
                words.indices.dropLast().first { words[$0] == "--algorithm" }.map { words[$0 + 1] }
                    ?? TrainingAlgorithm.all[0].id
            }
        return AlgorithmNames.settings(of: algorithm).map { $0 + "=" }
    }

    /// The files and folders that begin with what is typed.
    private static func files(_ prefix: String, endingIn endings: [String]) -> [String] {
        let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        return names.sorted().compactMap { name in
            guard !name.hasPrefix(".") else { return nil }
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: folder + name, isDirectory: &isFolder) else { return nil }
            if isFolder.boolValue { return folder + name + "/" }
            return endings.contains { name.hasSuffix($0) } ? folder + name : nil
        }
    }
}
