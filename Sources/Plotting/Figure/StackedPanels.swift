extension Figure {
    /// Figures narrower than this, such as those for a phone, are stacked where their columns would be too narrow.
    private static let stackedBelow = 500.0
    private static let minimumPanelWidth = 200.0

    /// The figure with its panels one below the other, in reading order, if they do not fit beside each other.
    var stackedIfNarrow: Figure {
        let columnCount = panels.map(\.columns.upperBound).max() ?? 1
        guard width < Figure.stackedBelow, columnCount > 1 else { return self }
        let weights = (0..<columnCount).map { $0 < columnWeights.count ? columnWeights[$0] : 1 }
        let total = weights.reduce(0, +)
        let narrowest = panels.map { panel in width * weights[panel.columns].reduce(0, +) / total }.min() ?? width
        // Written so that widths and weights that are not numbers stack too.
        guard !(narrowest >= Figure.minimumPanelWidth) else { return self }

        let order = panels.indices.sorted {
            (panels[$0].rows.lowerBound, panels[$0].columns.lowerBound, $0)
                < (panels[$1].rows.lowerBound, panels[$1].columns.lowerBound, $1)
        }
        var stacked = self
        stacked.columnWeights = []
        stacked.panels = order.enumerated().map { row, index in panels[index].moved(toRow: row) }
        if let last = rowHeights.last {
            stacked.rowHeights = order.map { index in
                panels[index].rows.reduce(0) { $0 + ($1 < rowHeights.count ? rowHeights[$1] : last) }
            }
        }
        return stacked
    }
}

extension Panel {
    fileprivate func moved(toRow row: Int) -> Panel {
        Panel(title, row: row, caption: caption, chart)
    }
}
