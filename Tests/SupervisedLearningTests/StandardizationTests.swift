import LinearAlgebra
import SupervisedLearning
import Testing

@Suite struct StandardizationTests {
    @Test func `a scale is that of the rows it is measured on, and can be undone`() {
        let matrix = Matrix<Float>(rows: 3, columns: 3, [1, 5, 100, 3, 5, 300, 1000, 1000, 1000])
        let scale = Standardization(of: matrix, rows: [0, 1])
        #expect(scale.means == [2, 5, 200])
        // A column that is the same everywhere keeps its unit.
        #expect(scale.deviations == [1, 1, 100])
        #expect(scale(matrix).array == [-1, 0, -1, 1, 0, 1, 998, 995, 8])
        #expect(scale.inverse(scale(matrix)) == matrix)
    }
}
