package ogc

import "parkmap/internal/layout"

// The titles of links, by what they lead to. A link has the one in the language of its document.
var (
	titleJSON       = layout.Label{ZH: "JSON", EN: "JSON"}
	titleJSONSchema = layout.Label{ZH: "JSON Schema", EN: "JSON Schema"}
	titleHTML       = layout.Label{ZH: "网页", EN: "HTML"}
	titleGeoJSON    = layout.Label{ZH: "GeoJSON", EN: "GeoJSON"}
	titleSequence   = layout.Label{ZH: "GeoJSON 文本序列", EN: "GeoJSON text sequence"}
	titleCSV        = layout.Label{ZH: "CSV 表格", EN: "CSV table"}
	titleStyle      = layout.Label{ZH: "MapLibre 地图样式", EN: "MapLibre map style"}
	titlePNG        = layout.Label{ZH: "PNG 图片", EN: "PNG picture"}
	titleWebP       = layout.Label{ZH: "WebP 图片", EN: "WebP picture"}
	titlePDF        = layout.Label{ZH: "PDF 文件", EN: "PDF file"}
	titleMap        = layout.Label{ZH: "地图图片", EN: "Map as an image"}
	titleGlyphs     = layout.Label{ZH: "字形(PBF)", EN: "Glyphs (PBF)"}
	titleSVG        = layout.Label{ZH: "SVG 图片", EN: "SVG picture"}

	titleOpenAPI     = layout.Label{ZH: "接口定义(OpenAPI 3.0)", EN: "API definition (OpenAPI 3.0)"}
	titleGuide       = layout.Label{ZH: "接口说明(网页)", EN: "API documentation (HTML)"}
	titleConformance = layout.Label{ZH: "符合的标准", EN: "Conformance classes"}
	titleCollections = layout.Label{ZH: "数据集合", EN: "Collections"}
	titleCollection  = layout.Label{ZH: "所属集合", EN: "Collection"}
	titleQueryables  = layout.Label{ZH: "可查询的属性", EN: "Queryables"}
	titleSchema      = layout.Label{ZH: "属性结构", EN: "Schema"}
	titleMVT         = layout.Label{ZH: "矢量瓦片(MVT)", EN: "Vector tiles (MVT)"}
	titleTiles       = layout.Label{ZH: "矢量瓦片集", EN: "Vector tilesets"}
	titleMapTiles    = layout.Label{ZH: "地图瓦片集(图片)", EN: "Map tilesets (images)"}
	titleTileSet     = layout.Label{ZH: "瓦片集说明", EN: "Tileset metadata"}
	titleTileJSON    = layout.Label{ZH: "瓦片集说明(TileJSON)", EN: "Tileset as TileJSON"}
	titleMatrixSets  = layout.Label{ZH: "瓦片矩阵集", EN: "Tile matrix sets"}
	titleNext        = layout.Label{ZH: "下一页", EN: "Next page"}
	titlePrev        = layout.Label{ZH: "上一页", EN: "Previous page"}
)
