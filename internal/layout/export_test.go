package layout

// PropertyTitles lets the tests compare the titles with the properties.
var PropertyTitles = propertyTitles
