internal import FileFormats

extension Dataset {
    /// The tables that travel inside the binary, as scikit-learn 1.9.1 ships them.
    static let bundledTables = [
        DatasetSource(
            table: "breast-cancer", origin: "bundled; UCI, Wolberg, Street and Mangasarian 1993 (CC BY 4.0)",
            rowCount: 569, columnCount: 30, classCount: 2
        ) { try table(PackageResources.breast_cancer_csv_gz, "breast-cancer.csv.gz") },
        // The raw values: age in years, sex 1 or 2, body mass index, blood pressure, six blood serum measurements; the
        // target is the disease's progression after a year.
        DatasetSource(
            table: "diabetes", origin: "bundled; Efron, Hastie, Johnstone and Tibshirani 2004", rowCount: 442,
            columnCount: 10
        ) { try table(PackageResources.diabetes_csv_gz, "diabetes.csv.gz") },
        DatasetSource(
            table: "iris", origin: "bundled; UCI, Fisher 1936 (CC BY 4.0)", rowCount: 150, columnCount: 4, classCount: 3
        ) { try table(PackageResources.iris_csv_gz, "iris.csv.gz") },
        DatasetSource(
            table: "wine", origin: "bundled; UCI, Aeberhard and Forina 1992 (CC BY 4.0)", rowCount: 178,
            columnCount: 13, classCount: 3
        ) { try table(PackageResources.wine_csv_gz, "wine.csv.gz") },
    ]

    private static func table(_ bytes: [UInt8], _ name: String) throws -> CSVTable {
        try CSV.decode(Gzip.decompress(bytes, name: name), name: name)
    }
}
