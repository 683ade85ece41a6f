import Datasets
import LinearAlgebra
import Testing
import UnsupervisedLearning

struct PrincipalComponentsTests {
    /// scikit-learn 1.9.1, `PCA` by full singular value decomposition of the 1,797 digits in float64.
    private enum Digits {
        static let explainedVariance = [179.006930097972, 163.717746881677, 141.788439092284]
        static let explainedVarianceRatio = [0.148905935841, 0.136187712396, 0.11794593764]
        /// The absolute entries of the first two components.
        static let components: [[Double]] = [
            [
                0.0, 0.017309465, 0.223428835, 0.135913304, 0.033032309, 0.096634084,
                0.008329438, 0.002269001, 0.000320516, 0.119308905, 0.244451676, 0.148512745,
                0.046731941, 0.217740744, 0.014813678, 0.004477795, 4.9414e-05, 0.079541938,
                0.083395145, 0.215915342, 0.172126801, 0.163712098, 0.028644445, 0.004232518,
                9.8549e-05, 0.064231914, 0.254093316, 0.035677103, 0.209462569, 0.043131142,
                0.051311869, 0.000213423, 0.0, 0.159950883, 0.368690774, 0.164406827,
                0.085200791, 0.037298285, 0.021586698, 0.0, 0.001288656, 0.106945287,
                0.303067457, 0.247813041, 0.209637296, 0.012232522, 0.03694585, 0.00161485,
                0.000693024, 0.008351442, 0.055859899, 0.093053417, 0.10738772, 0.137734565,
                0.063287947, 0.000961671, 9.551e-06, 0.014078684, 0.235675488, 0.141225588,
                0.009159646, 0.089418468, 0.036597711, 0.011468495,
            ],
            [
                0.0, 0.010106457, 0.04908492, 0.009433375, 0.053601564, 0.117755318,
                0.062128179, 0.007935746, 0.000163216, 0.021016706, 0.060348569, 0.005337696,
                0.09197692, 0.051921049, 0.058935468, 0.003332834, 4.2287e-05, 0.03624585,
                0.198257337, 0.048638655, 0.225574894, 0.004505419, 0.026769673, 0.000208736,
                5.6623e-05, 0.077123512, 0.188447107, 0.137952518, 0.261042779, 0.04983506,
                0.065111378, 4.032e-05, 0.0, 0.088155992, 0.08717376, 0.270860181,
                0.2852918, 0.166461582, 0.127860543, 0.0, 0.00028944, 0.050830486,
                0.130274463, 0.268906468, 0.301575537, 0.240259064, 0.217555551, 0.001327261,
                0.000286743, 0.010554828, 0.153370694, 0.119535173, 0.097250805, 0.285869538,
                0.148776446, 0.000542291, 3.3403e-05, 0.010079117, 0.070272407, 0.017110811,
                0.194296399, 0.176697117, 0.019454705, 0.006696939,
            ],
        ]
    }

    @Test func `the digits' components are scikit-learn's`() throws {
        let rows = try Dataset.named("digits").training.features.floats()
        let found = PrincipalComponents(of: rows, count: 3)
        for (value, expected) in zip(found.explainedVariance, Digits.explainedVariance) {
            #expect(abs(value - expected) < 1e-5 * expected)
        }
        for (value, expected) in zip(found.explainedVarianceRatio, Digits.explainedVarianceRatio) {
            #expect(abs(value - expected) < 1e-5 * expected)
        }
        for (index, expected) in Digits.components.enumerated() {
            for (value, expected) in zip(found.components.row(index), expected) {
                #expect(abs(abs(Double(value)) - expected) < 1e-5)
            }
        }
    }

    @Test func `projections of points on a tilted line are their places along it`() {
        // (3, 4) · t has length 5 t; the mean is at t = 1.
        let rows = Matrix<Float>(rows: 4, columns: 2, [-3, -4, 3, 4, 6, 8, 6, 8])
        let found = PrincipalComponents(of: rows, count: 2)
        #expect(found.components.row(0).map { ($0 * 10).rounded() } == [6, 8])
        let places = found.projections(of: rows)
        for (row, expected) in [-10.0, 0, 5, 5].enumerated() {
            #expect(abs(Double(places[row, 0]) - expected) < 1e-5)
            #expect(abs(places[row, 1]) < 1e-5)
        }
        // (100 + 0 + 25 + 25) / 3
        #expect(abs(found.explainedVariance[0] - 50) < 1e-4)
        #expect(abs(found.explainedVarianceRatio[0] - 1) < 1e-6)
    }

    @Test func `rows that are all the same have no variance to explain`() {
        let found = PrincipalComponents(of: Matrix<Float>(rows: 5, columns: 3, repeating: 2), count: 2)
        #expect(found.explainedVariance == [0, 0])
        #expect(found.explainedVarianceRatio == [0, 0])
    }
}
