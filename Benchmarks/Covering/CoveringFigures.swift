import Covering

@main
enum CoveringFigures {
  static func main() {
    for kind in InstanceClass.allCases { print(kind.line(count: 100)) }
  }
}
